from types import SimpleNamespace

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import translation


class AccountAdapter(DefaultAccountAdapter):
    """Sends sign-in mails in the reader's language and keeps the language of the page a person signed up on."""

    def save_user(self, request, user, form, commit=True):
        user.language = translation.get_language() or user.language
        return super().save_user(request, user, form, commit)

    def send_mail(self, template_prefix, email, context):
        """Sign the mail with our name: the host that a request names is nothing that a reader knows."""
        super().send_mail(template_prefix, email, {"current_site": SimpleNamespace(name="Cathedra"), **context})
