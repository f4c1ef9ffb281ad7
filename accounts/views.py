from django.shortcuts import redirect


def after_login(request):
    """Staff go on to the admin panel, everybody else to their own pages."""
    return redirect("admin:index" if request.user.is_staff else "my_home")
