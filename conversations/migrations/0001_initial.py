import core.models.kept_file
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("sponsorships", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        help_text="Made by the form before it is sent, so that two clicks make one message.",
                        unique=True,
                    ),
                ),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("partner", "the partner"),
                            ("office", "the cluster's office"),
                            ("investigator", "the chair's investigators"),
                        ],
                        max_length=20,
                        verbose_name="writes for",
                    ),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="message")),
                ("is_internal", models.BooleanField(default=False, verbose_name="staff note")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written at")),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["written_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("is_internal", False), ("side", "office"), _connector="OR"),
                        name="conversations_message_notes_are_of_staff",
                        violation_error_message="Only staff write staff notes.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "DOCX"), ("odt", "ODT"), ("png", "PNG"), ("jpeg", "JPEG")],
                        max_length=10,
                        verbose_name="type",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="fingerprint")),
                ("file", models.FileField(upload_to=core.models.kept_file.random_path, verbose_name="file")),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="conversations.message",
                        verbose_name="message",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a message",
                "verbose_name_plural": "files of messages",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("message", "sha256"), name="conversations_message_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="MessageReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sponsorship",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="sponsorships.sponsorship",
                        verbose_name="sponsorship",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="account",
                    ),
                ),
                ("until", models.PositiveBigIntegerField(default=0, verbose_name="last message read")),
            ],
            options={
                "verbose_name": "reading of messages",
                "verbose_name_plural": "readings of messages",
                "constraints": [
                    models.UniqueConstraint(fields=("sponsorship", "user"), name="conversations_message_reading_once")
                ],
            },
        ),
    ]
