from types import SimpleNamespace
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

SITE = SimpleNamespace(name="Cathedra", domain=urlsplit(settings.SITE_URL).netloc)


class AccountAdapter(DefaultAccountAdapter):
    """Sends sign-in mails in the reader's language and keeps the language of the page a person signed up on."""

    def save_user(self, request, user, form, commit=True):
        user.language = translation.get_language() or user.language
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix, email, context):
        """Sign the mail with our name: the host that a request names is nothing that a reader knows."""
        super().send_mail(template_prefix, email, {"current_site": SITE, **context})

    def render_mail(self, template_prefix, email, context, headers=None):
        """Put the library's words into the layout of all our mails."""
        rendered = super().render_mail(template_prefix, email, context, headers)
        values = {
            "receiver": context.get("user"),
            "subject": rendered.subject,
            "body": rendered.body,
            "has_links": True,
        }
        message = EmailMultiAlternatives(
            rendered.subject, render_to_string("mails/_layout.txt", values), to=rendered.to, headers=headers
        )
        message.attach_alternative(render_to_string("mails/_layout.html", values), "text/html")
        return message
