"""Everything that was sold. Safe before the deploy: it only adds tables."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models

import orders.models.catalogue
import orders.models.order


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("generation", "0001_jobs_steps_and_versions"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrderNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AddOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="for sale")),
            ],
            options={
                "verbose_name": "add-on",
                "verbose_name_plural": "add-ons",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("is_active", True)),
                        name="orders_addon_name_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="orders_addon_price_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="orders_addon_currency_is_iso"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Agency",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("logo", models.JSONField(blank=True, editable=False, null=True, verbose_name="logo")),
                (
                    "colour",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[django.core.validators.RegexValidator("^#[0-9a-fA-F]{6}$")],
                        verbose_name="colour",
                    ),
                ),
                ("address", models.TextField(blank=True, verbose_name="address")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC",
                        max_length=64,
                        validators=[orders.models.catalogue.check_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        default="USD",
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "default_locale",
                    models.CharField(
                        choices=[("en", "English"), ("pt-BR", "Brazilian Portuguese"), ("es", "Spanish")],
                        default="en",
                        max_length=8,
                        verbose_name="default language",
                    ),
                ),
            ],
            options={
                "verbose_name": "agency",
                "verbose_name_plural": "agency",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="orders_agency_is_one"),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="orders_agency_currency_is_iso"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("default_locale__in", ["en", "pt-BR", "es"])),
                        name="orders_agency_default_locale_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Customer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                (
                    "locale",
                    models.CharField(
                        choices=[("en", "English"), ("pt-BR", "Brazilian Portuguese"), ("es", "Spanish")],
                        default="en",
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="created"
                    ),
                ),
            ],
            options={
                "verbose_name": "customer",
                "verbose_name_plural": "customers",
                "ordering": ["name", "pk"],
                "indexes": [models.Index(fields=["name"], name="orders_customer_name")],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        condition=models.Q(("email", ""), _negated=True),
                        name="orders_customer_email_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locale__in", ["en", "pt-BR", "es"])), name="orders_customer_locale_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                ("delivery_days", models.PositiveSmallIntegerField(default=5, verbose_name="delivery days")),
                ("revisions", models.PositiveSmallIntegerField(default=2, verbose_name="revisions included")),
                ("pages", models.PositiveSmallIntegerField(default=5, verbose_name="pages")),
                ("is_active", models.BooleanField(default=True, verbose_name="for sale")),
            ],
            options={
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("is_active", True)),
                        name="orders_product_name_once",
                    ),
                    models.CheckConstraint(condition=models.Q(("pages__gte", 1)), name="orders_product_has_pages"),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="orders_product_price_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="orders_product_currency_is_iso"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SiteOrder",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField(editable=False, unique=True, verbose_name="number")),
                (
                    "access_token",
                    models.CharField(
                        default=orders.models.order.new_access_token, editable=False, max_length=64, unique=True
                    ),
                ),
                ("product_name", models.CharField(max_length=160, verbose_name="what was sold")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                ("delivery_days", models.PositiveSmallIntegerField(verbose_name="delivery days")),
                ("revisions", models.PositiveSmallIntegerField(verbose_name="revisions included")),
                ("revisions_used", models.PositiveSmallIntegerField(default=0, verbose_name="revisions used")),
                ("pages", models.PositiveSmallIntegerField(verbose_name="pages")),
                ("theme", models.CharField(max_length=40, verbose_name="theme")),
                ("variation", models.PositiveIntegerField(default=0, verbose_name="variation")),
                (
                    "locale",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("pt-BR", "Brazilian Portuguese"), ("es", "Spanish")],
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                ("site_url", models.CharField(blank=True, max_length=300, verbose_name="address of the site")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("pending_payment", "Waiting for payment"),
                            ("paid", "Paid"),
                            ("onboarding_pending", "Waiting for the onboarding"),
                            ("building", "Waiting to be generated"),
                            ("generating", "Being generated"),
                            ("review", "In review"),
                            ("delivered", "Delivered"),
                            ("failed", "Needs attention"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="pending_payment",
                        max_length=24,
                        verbose_name="status",
                    ),
                ),
                (
                    "previous_status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pending_payment", "Waiting for payment"),
                            ("paid", "Paid"),
                            ("onboarding_pending", "Waiting for the onboarding"),
                            ("building", "Waiting to be generated"),
                            ("generating", "Being generated"),
                            ("review", "In review"),
                            ("delivered", "Delivered"),
                            ("failed", "Needs attention"),
                            ("cancelled", "Cancelled"),
                        ],
                        editable=False,
                        max_length=24,
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                (
                    "stripe_session",
                    models.CharField(blank=True, max_length=255, null=True, unique=True, verbose_name="Stripe session"),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                (
                    "pending_payment_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="placed"),
                ),
                ("paid_at", models.DateTimeField(blank=True, null=True, verbose_name="paid")),
                (
                    "onboarding_pending_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="onboarding asked for"),
                ),
                ("building_at", models.DateTimeField(blank=True, null=True, verbose_name="generation asked for")),
                ("generating_at", models.DateTimeField(blank=True, null=True, verbose_name="generation begun")),
                ("review_at", models.DateTimeField(blank=True, null=True, verbose_name="in review")),
                ("delivered_at", models.DateTimeField(blank=True, null=True, verbose_name="delivered")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="failed")),
                ("cancelled_at", models.DateTimeField(blank=True, null=True, verbose_name="cancelled")),
                (
                    "current_job",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="generation.generationjob",
                        verbose_name="current job",
                    ),
                ),
                (
                    "customer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="orders.customer",
                        verbose_name="customer",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="orders",
                        to="orders.product",
                        verbose_name="product",
                    ),
                ),
            ],
            options={
                "verbose_name": "order",
                "verbose_name_plural": "orders",
                "ordering": ["-number"],
                "permissions": [
                    ("generate_site", "Can ask for the site of an order to be generated"),
                    ("mark_paid", "Can mark an order as paid"),
                    ("approve_site", "Can approve the site of an order"),
                    ("send_back_site", "Can send the site of an order back"),
                    ("rotate_access_token", "Can give an order a new link for its customer"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "pending_payment",
                                    "paid",
                                    "onboarding_pending",
                                    "building",
                                    "generating",
                                    "review",
                                    "delivered",
                                    "failed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="orders_order_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "previous_status__in",
                                [
                                    "",
                                    "pending_payment",
                                    "paid",
                                    "onboarding_pending",
                                    "building",
                                    "generating",
                                    "review",
                                    "delivered",
                                    "failed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="orders_order_previous_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locale__in", ["", "en", "pt-BR", "es"])), name="orders_order_locale_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revisions_used__lte", models.F("revisions"))),
                        name="orders_order_revisions_within_sold",
                    ),
                    models.CheckConstraint(condition=models.Q(("pages__gte", 1)), name="orders_order_has_pages"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["building", "generating"]), _negated=True),
                            ("current_job__isnull", False),
                            _connector="OR",
                        ),
                        name="orders_order_in_work_has_job",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="orders_order_price_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="orders_order_currency_is_iso"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["status", "due_at"], name="orders_order_status_due"),
                    models.Index(fields=["-pending_payment_at"], name="orders_order_newest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when")),
                (
                    "moved_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pending_payment", "Waiting for payment"),
                            ("paid", "Paid"),
                            ("onboarding_pending", "Waiting for the onboarding"),
                            ("building", "Waiting to be generated"),
                            ("generating", "Being generated"),
                            ("review", "In review"),
                            ("delivered", "Delivered"),
                            ("failed", "Needs attention"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=24,
                        verbose_name="from",
                    ),
                ),
                (
                    "moved_to",
                    models.CharField(
                        choices=[
                            ("pending_payment", "Waiting for payment"),
                            ("paid", "Paid"),
                            ("onboarding_pending", "Waiting for the onboarding"),
                            ("building", "Waiting to be generated"),
                            ("generating", "Being generated"),
                            ("review", "In review"),
                            ("delivered", "Delivered"),
                            ("failed", "Needs attention"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=24,
                        verbose_name="to",
                    ),
                ),
                ("by", models.CharField(max_length=160, verbose_name="by")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="orders.siteorder",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "order event",
                "verbose_name_plural": "order events",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "moved_from__in",
                                [
                                    "",
                                    "pending_payment",
                                    "paid",
                                    "onboarding_pending",
                                    "building",
                                    "generating",
                                    "review",
                                    "delivered",
                                    "failed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="orders_orderevent_moved_from_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "moved_to__in",
                                [
                                    "pending_payment",
                                    "paid",
                                    "onboarding_pending",
                                    "building",
                                    "generating",
                                    "review",
                                    "delivered",
                                    "failed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="orders_orderevent_moved_to_known",
                    ),
                ],
                "indexes": [models.Index(fields=["order", "at"], name="orders_event_of_order")],
            },
        ),
        migrations.CreateModel(
            name="Onboarding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revision", models.PositiveIntegerField(default=1, editable=False, verbose_name="revision")),
                ("edits", models.PositiveIntegerField(default=0, editable=False)),
                ("note", models.TextField(blank=True, editable=False, verbose_name="what to change")),
                (
                    "completed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="complete since"),
                ),
                ("submitted_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="handed in")),
                (
                    "locked_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="taken by a job"),
                ),
                ("business_name", models.CharField(blank=True, verbose_name="name of the business")),
                (
                    "niche",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("restaurant", "Restaurant"),
                            ("lawyer", "Lawyer"),
                            ("dentist", "Dentist"),
                            ("real_estate", "Real estate"),
                            ("plumber", "Plumber"),
                            ("electrician", "Electrician"),
                            ("landscaping", "Landscaping"),
                            ("cleaning", "Cleaning"),
                            ("general", "General"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                        verbose_name="niche",
                    ),
                ),
                ("custom_niche", models.CharField(blank=True, verbose_name="niche in own words")),
                (
                    "locale",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("pt-BR", "Brazilian Portuguese"), ("es", "Spanish")],
                        max_length=8,
                        verbose_name="language",
                    ),
                ),
                ("street", models.CharField(blank=True, verbose_name="street")),
                ("city", models.CharField(blank=True, verbose_name="city")),
                ("state", models.CharField(blank=True, verbose_name="state")),
                ("postal_code", models.CharField(blank=True, verbose_name="postal code")),
                (
                    "country",
                    models.CharField(blank=True, help_text="Two letters, like BR or US.", verbose_name="country"),
                ),
                ("phone", models.CharField(blank=True, verbose_name="phone")),
                ("whatsapp", models.CharField(blank=True, verbose_name="WhatsApp")),
                ("email", models.CharField(blank=True, verbose_name="e-mail")),
                ("primary_service", models.CharField(blank=True, verbose_name="main service")),
                ("service_areas", models.JSONField(blank=True, default=list, verbose_name="areas served")),
                ("objective", models.TextField(blank=True, verbose_name="objective")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("about_owner", models.TextField(blank=True, verbose_name="about the owner")),
                (
                    "years_in_business",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="years in business"),
                ),
                ("pages", models.JSONField(blank=True, default=list, verbose_name="pages")),
                (
                    "tone",
                    models.CharField(
                        choices=[("friendly", "Friendly"), ("professional", "Professional"), ("premium", "Premium")],
                        default="friendly",
                        max_length=16,
                        verbose_name="tone",
                    ),
                ),
                (
                    "primary_cta",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("call", "Call"),
                            ("whatsapp", "WhatsApp"),
                            ("form", "Contact form"),
                            ("book_online", "Book online"),
                            ("email", "E-mail"),
                        ],
                        max_length=16,
                        verbose_name="main button",
                    ),
                ),
                ("cta_text", models.CharField(blank=True, verbose_name="words on the main button")),
                ("booking_url", models.CharField(blank=True, verbose_name="booking address")),
                ("site_url", models.CharField(blank=True, verbose_name="address of the site")),
                ("seo_title", models.CharField(blank=True, verbose_name="search title")),
                ("seo_description", models.CharField(blank=True, verbose_name="search description")),
                ("seo_keywords", models.JSONField(blank=True, default=list, verbose_name="search keywords")),
                ("colour_primary", models.CharField(blank=True, verbose_name="main colour")),
                ("colour_secondary", models.CharField(blank=True, verbose_name="second colour")),
                ("colour_accent", models.CharField(blank=True, verbose_name="accent colour")),
                ("social_instagram", models.CharField(blank=True, verbose_name="Instagram")),
                ("social_facebook", models.CharField(blank=True, verbose_name="Facebook")),
                ("social_linkedin", models.CharField(blank=True, verbose_name="LinkedIn")),
                ("social_youtube", models.CharField(blank=True, verbose_name="YouTube")),
                ("social_tiktok", models.CharField(blank=True, verbose_name="TikTok")),
                ("social_x", models.CharField(blank=True, verbose_name="X")),
                ("social_pinterest", models.CharField(blank=True, verbose_name="Pinterest")),
                (
                    "order",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="onboarding",
                        to="orders.siteorder",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "onboarding",
                "verbose_name_plural": "onboardings",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "niche__in",
                                [
                                    "",
                                    "restaurant",
                                    "lawyer",
                                    "dentist",
                                    "real_estate",
                                    "plumber",
                                    "electrician",
                                    "landscaping",
                                    "cleaning",
                                    "general",
                                    "other",
                                ],
                            )
                        ),
                        name="orders_onboarding_niche_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("locale__in", ["", "en", "pt-BR", "es"])),
                        name="orders_onboarding_locale_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tone__in", ["friendly", "professional", "premium"])),
                        name="orders_onboarding_tone_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("primary_cta__in", ["", "call", "whatsapp", "form", "book_online", "email"])
                        ),
                        name="orders_onboarding_primary_cta_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", True), ("completed_at__isnull", False), _connector="OR"
                        ),
                        name="orders_onboarding_submitted_is_complete",
                    ),
                ],
                "indexes": [models.Index(fields=["business_name"], name="orders_onboarding_business")],
            },
        ),
        migrations.CreateModel(
            name="SoldAddOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="price",
                    ),
                ),
                (
                    "currency",
                    models.CharField(
                        max_length=3,
                        validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                        verbose_name="currency",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="add_ons",
                        to="orders.siteorder",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "add-on sold",
                "verbose_name_plural": "add-ons sold",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)), name="orders_soldaddon_price_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="orders_soldaddon_currency_is_iso"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(verbose_name="name")),
                ("role", models.CharField(blank=True, verbose_name="role")),
                (
                    "onboarding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="orders.onboarding",
                    ),
                ),
            ],
            options={
                "verbose_name": "team member",
                "verbose_name_plural": "team",
                "ordering": ["onboarding", "position"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("onboarding", "position"), name="orders_teammember_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Testimonial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("author", models.CharField(verbose_name="author")),
                ("text", models.TextField(verbose_name="text")),
                ("rating", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rating")),
                (
                    "onboarding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="orders.onboarding",
                    ),
                ),
            ],
            options={
                "verbose_name": "testimonial",
                "verbose_name_plural": "testimonials",
                "ordering": ["onboarding", "position"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("onboarding", "position"), name="orders_testimonial_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("rating__isnull", True), ("rating__range", (1, 5)), _connector="OR"),
                        name="orders_testimonial_rating_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OpeningHours",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("days", models.JSONField(default=list, verbose_name="days")),
                ("opens", models.TimeField(verbose_name="opens")),
                ("closes", models.TimeField(verbose_name="closes")),
                (
                    "onboarding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="orders.onboarding",
                    ),
                ),
            ],
            options={
                "verbose_name": "opening hours",
                "verbose_name_plural": "opening hours",
                "ordering": ["onboarding", "position"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("onboarding", "position"), name="orders_openinghours_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("is_logo", models.BooleanField(default=False, verbose_name="logo")),
                ("file", models.CharField(verbose_name="file")),
                ("alt", models.CharField(verbose_name="what it shows")),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64, verbose_name="SHA-256")),
                ("media_type", models.CharField(blank=True, editable=False, max_length=16, verbose_name="type")),
                ("width", models.PositiveIntegerField(editable=False, null=True, verbose_name="width")),
                ("height", models.PositiveIntegerField(editable=False, null=True, verbose_name="height")),
                (
                    "onboarding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="orders.onboarding",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["onboarding", "position"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("onboarding", "position"), name="orders_photo_position_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_logo", True)), fields=("onboarding",), name="orders_photo_one_logo"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("height__isnull", True), ("media_type", ""), ("sha256", ""), ("width__isnull", True)
                            ),
                            models.Q(
                                models.Q(("sha256", ""), _negated=True),
                                models.Q(("media_type", ""), _negated=True),
                                ("height__gt", 0),
                                ("width__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="orders_photo_kept_whole_or_not",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("name", models.CharField(verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "onboarding",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)s_rows",
                        to="orders.onboarding",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "verbose_name_plural": "services",
                "ordering": ["onboarding", "position"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("onboarding", "position"), name="orders_service_position_once")
                ],
            },
        ),
    ]
