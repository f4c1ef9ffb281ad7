import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="PastAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60)),
                ("within", models.BigIntegerField(default=0)),
                ("slug", models.CharField(max_length=100)),
                ("record", models.BigIntegerField()),
                ("was_public", models.BooleanField()),
                ("left_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "slug"], name="core_past_address")],
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "address",
                    models.EmailField(
                        blank=True,
                        help_text="Where the reader has no account. An account's own address is looked up when the e-mail leaves.",
                        max_length=254,
                        verbose_name="address without an account",
                    ),
                ),
                ("occasion", models.CharField(max_length=60, verbose_name="occasion")),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("html", models.TextField(blank=True, verbose_name="HTML")),
                (
                    "secret_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Until then it gives access. The text is erased once it has been sent or has expired.",
                        null=True,
                        verbose_name="holds a secret until",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="held by a worker until")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("last_error", models.TextField(blank=True, verbose_name="last error")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent at")),
                (
                    "is_for_digest",
                    models.BooleanField(
                        default=False,
                        help_text="It is sent in the daily e-mail, never on its own.",
                        verbose_name="kept for the daily e-mail",
                    ),
                ),
                (
                    "digest",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contents",
                        to="core.outgoingmail",
                        verbose_name="daily e-mail that it is in",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mails",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "outgoing e-mail",
                "verbose_name_plural": "outgoing e-mails",
                "ordering": ["-created_at", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("secret_until__isnull", False), models.Q(("text", ""), _negated=True)),
                        fields=["secret_until"],
                        name="core_mail_secret",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("recipient__isnull", False)),
                            models.Q(("recipient", None), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="core_mail_has_one_reader",
                        violation_error_message="An e-mail goes to an account or to an address, one of the two.",
                    )
                ],
            },
        ),
    ]
