import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="MailOptOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
            ],
            options={
                "verbose_name": "refusal of letters",
                "verbose_name_plural": "refusals of letters",
            },
        ),
        migrations.CreateModel(
            name="ActAtOnce",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("list_of", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("act", models.CharField(max_length=30)),
                ("is_all", models.BooleanField()),
                ("lines", models.JSONField()),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="DataChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(db_index=True, null=True)),
                ("source", models.CharField(max_length=63)),
                ("record", models.BigIntegerField(default=0)),
                ("transaction_id", models.BigIntegerField(null=True)),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("transaction_id", "source", "record"), name="core_datachange_said_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="exported by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="exported at")),
                ("list_of", models.CharField(max_length=60, verbose_name="list")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="address of the list")),
                ("filters", models.TextField(blank=True, verbose_name="filters")),
                ("columns", models.JSONField(default=list, verbose_name="columns")),
                ("rows", models.PositiveIntegerField(verbose_name="number of rows")),
                (
                    "format",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("json", "JSON"), ("addresses", "E-mail addresses")],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
            ],
            options={
                "verbose_name": "export of a list",
                "verbose_name_plural": "exports of lists",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="OutgoingMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("message_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                (
                    "unsubscribe_url",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="Of letters that are not about their reader's own file.",
                        max_length=500,
                        verbose_name="where its reader refuses more",
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
        migrations.CreateModel(
            name="MailSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mail",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subjects",
                        to="core.outgoingmail",
                        verbose_name="e-mail",
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind of record")),
                ("record", models.PositiveBigIntegerField(verbose_name="record")),
                ("cluster", models.PositiveBigIntegerField(verbose_name="cluster")),
            ],
            options={
                "verbose_name": "subject of an e-mail",
                "verbose_name_plural": "subjects of e-mails",
                "indexes": [
                    models.Index(fields=["kind", "record"], name="core_mailsubject_record"),
                    models.Index(fields=["cluster", "mail"], name="core_mailsubject_cluster"),
                ],
            },
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
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("list_of", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("columns", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["name", "pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "list_of", "name"),
                        name="core_view_has_its_own_name",
                        violation_error_message="You already have a view of this list under that name.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HeldDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_of", models.CharField(max_length=60, verbose_name="sort of record")),
                ("record", models.BigIntegerField()),
                ("name", models.CharField(max_length=400, verbose_name="record")),
                ("verb", models.CharField(max_length=30, verbose_name="decision")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="decided by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="decided at")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="released or dropped at")),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="released or dropped by",
                    ),
                ),
                ("is_released", models.BooleanField(default=False, verbose_name="released")),
            ],
            options={
                "verbose_name": "held decision",
                "verbose_name_plural": "held decisions",
                "ordering": ["-at", "-pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("list_of", "record"),
                        name="core_one_held_decision",
                        violation_error_message="A decision on this record is held already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MailWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occasion", models.CharField(max_length=60, verbose_name="occasion")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("fr", "French")], max_length=2, verbose_name="language"
                    ),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="subject")),
                ("body", models.TextField(max_length=5000, verbose_name="text")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="changed at")),
            ],
            options={
                "verbose_name": "wording of an e-mail",
                "verbose_name_plural": "wordings of e-mails",
                "ordering": ["occasion", "language"],
                "constraints": [models.UniqueConstraint(fields=("occasion", "language"), name="core_mailwording_once")],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("kept", models.BigIntegerField(verbose_name="record that stays")),
                ("kept_name", models.CharField(max_length=300, verbose_name="name of the record that stays")),
                ("gone", models.BigIntegerField(verbose_name="record that went")),
                ("gone_name", models.CharField(max_length=300, verbose_name="name of the record that went")),
                (
                    "moved",
                    models.JSONField(
                        encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name="what was moved"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="merged by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="merged at")),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="undone by",
                    ),
                ),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone at")),
            ],
            options={
                "verbose_name": "merge",
                "verbose_name_plural": "merges",
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["kind", "kept"], name="core_merge_kept")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="core_merge_undone_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NotTheSame",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("first", models.BigIntegerField(verbose_name="first record")),
                ("second", models.BigIntegerField(verbose_name="second record")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="said by",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="said at")),
            ],
            options={
                "verbose_name": "pair that is not the same",
                "verbose_name_plural": "pairs that are not the same",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "first", "second"), name="core_not_the_same_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="core_not_the_same_in_order"
                    ),
                ],
            },
        ),
    ]
