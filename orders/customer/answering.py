"""The onboarding on the customer's page: each step a draft by itself, then handed in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders import services
from orders.drafts import STEPS
from orders.findings import Refused
from orders.models import Photo, SiteOrder
from orders.onboarding_forms import EditsForm
from orders.picture_forms import PictureForm, RemovalForm, picture
from orders.services import AnswersChanged, OnboardingLocked, Party

from .door import BY, for_customer, order_of, page
from .standing import may_answer
from .steps import NAMES, StepForms, steps


@require_safe
@for_customer
def overview(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    """The steps, what was answered in each, what is missing, and the button to hand them in."""
    if not may_answer(order):
        return _closed(request, order)
    shown = [(step, tuple(StepForms(order, step.name).said())) for step in steps(order)]
    is_ready = all(step.is_complete for step, _said in shown)
    return page(request, "onboarding.html", order=order, steps=shown, is_ready=is_ready, note=order.onboarding.note)


@require_POST
@for_customer
def hand_in(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    """What is missing still stands on the page that this leads back to."""
    if not may_answer(order):  # a button pressed twice, perhaps: the page says how it goes on
        return redirect("customer_order", order.access_token)
    try:
        services.submit_onboarding(order_id=order.pk, by=BY, party=Party.CUSTOMER)
    except Refused:
        messages.error(request, _("Something is still missing: it stands below."))
        return redirect("customer_onboarding", order.access_token)
    messages.success(request, _("Thank you! You have handed in your answers."))
    return redirect("customer_order", order.access_token)


@require_http_methods(["GET", "HEAD", "POST"])
@for_customer
def step(request: HttpRequest, order: SiteOrder, name: str) -> HttpResponse:
    """The questions of one step. Whatever cannot be accepted stays on the page as it was typed."""
    if name not in NAMES:
        raise Http404
    if not may_answer(order):
        return _closed(request, order)
    if request.method != "POST":
        forms = StepForms(order, name)
        forms.offer_language(order)
        return _step_page(request, order, name, forms)
    answered = Answered(order, name, request)
    try:
        answered.keep()
    except OnboardingLocked:
        return _closed(request, order)
    now = order_of(order.pk)
    return answered.leads_to(now) or _step_page(
        request, now, name, answered.forms, picture_form=answered.picture_form, trouble=answered.trouble
    )


@require_safe
@for_customer
def show_picture(request: HttpRequest, order: SiteOrder, photo: int) -> HttpResponse:
    return picture(order.onboarding, photo)


class Answered:
    """What was sent of one step: its answers, and perhaps a picture that comes or goes."""

    def __init__(self, order: SiteOrder, name: str, request: HttpRequest) -> None:
        self.order, self.name, self.request = order, name, request
        self.forms = StepForms(order, name, request.POST)
        edits = EditsForm(request.POST)
        self.edits = edits.cleaned_data["edits"] if edits.is_valid() else -1
        self.picture_form: PictureForm | None = None
        self.trouble = ""

    def keep(self) -> None:
        """Keep what can be kept, each by itself, and mark the rest. Raises OnboardingLocked."""
        if "photos" in STEPS[self.name]:
            self._keep_picture()
        given = self.forms.given()
        if given is None:
            return
        try:
            services.save_draft(order_id=self.order.pk, given=given, by=BY, party=Party.CUSTOMER, edits=self.edits)
        except Refused as refused:
            self.forms.refuse(refused)
        except AnswersChanged:
            self.trouble = _("Not saved yet: these answers were changed in another window. Save again to keep yours.")

    def leads_to(self, order: SiteOrder) -> HttpResponse | None:
        """The next page, where this one is done with."""
        if self.forms.is_refused or self.picture_form or self.trouble:
            return None
        here = reverse("customer_step", args=[order.access_token, self.name])
        if {"add", "remove"} & self.request.POST.keys():
            return redirect(f"{here}#pictures")
        if "more" in self.request.POST:
            return redirect(here)
        if "later" in self.request.POST:
            messages.success(self.request, _("Your answers are saved. Go on whenever you like."))
            return redirect("customer_onboarding", order.access_token)
        if missing := steps(order)[NAMES.index(self.name)].missing:
            self.forms.mark(missing)
            return None
        return redirect(_after(order, self.name))

    def _keep_picture(self) -> None:
        sent = self.request.POST.copy()
        sent["edits"] = str(self.edits)
        if "remove" in sent:
            self.trouble = RemovalForm(sent).take_out(self.order.pk, BY, Party.CUSTOMER)
        elif "add" in sent or self.request.FILES or sent.get("alt", "").strip():
            form = PictureForm(sent, self.request.FILES)
            self.picture_form = None if form.add(self.order.pk, BY, Party.CUSTOMER) else form
        else:
            return
        if not (self.trouble or self.picture_form):
            self.edits += 1  # the picture's own


def _step_page(
    request: HttpRequest,
    order: SiteOrder,
    name: str,
    forms: StepForms,
    *,
    picture_form: PictureForm | None = None,
    trouble: str = "",
) -> HttpResponse:
    all_of_them = steps(order)
    return page(
        request,
        "step.html",
        order=order,
        forms=forms,
        step=all_of_them[NAMES.index(name)],
        steps=all_of_them,
        is_last=name == NAMES[-1],
        onward=_after(order, name),
        edits=order.onboarding.edits,
        note=order.onboarding.note,
        pictures=Photo.objects.filter(onboarding=order.onboarding),
        picture_form=picture_form or PictureForm(),
        trouble=trouble,
    )


def _after(order: SiteOrder, name: str) -> str:
    """The address of the step after this one, or of all answers after the last."""
    for following in NAMES[NAMES.index(name) + 1 :]:
        return reverse("customer_step", args=[order.access_token, following])
    return reverse("customer_onboarding", args=[order.access_token])


def _closed(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    messages.warning(request, _("Your answers are in use now, and cannot be changed here."))
    return redirect("customer_order", order.access_token)
