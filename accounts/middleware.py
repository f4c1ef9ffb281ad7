from django.conf import settings
from django.utils import translation


class AccountLanguageMiddleware:
    """Shows pages without a language in their URL (the admin panel) in the account's language.

    The language in the URL comes first, then the language cookie, then the account's language.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if (
            not translation.get_language_from_path(request.path_info)
            and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES
            and request.path_info.startswith("/admin/")
            and request.user.is_authenticated
        ):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)
