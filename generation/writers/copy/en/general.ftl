### Sentences for any niche. A form is used only where all its variables are facts of the brief.
### A variable with a capital letter begins with one: $Trade is $trade at the start of a sentence.

## Titles and descriptions of pages

home-title =
    .trade = { $name } | { $New_trade } in { $city }
    .first = { $New_trade } in { $city } | { $name }
    .place = { $name } | { $place }
    .service = { $name }: { $service } in { $city }
services-title =
    .city = { $Offer } | { $short }, { $city }
    .place = { $Offer } | { $short }, { $place }
    .short = { $Offer } | { $short }
pricing-title =
    .price = Pricing and quotes | { $short }, { $city }
    .ask = How to ask for a quote | { $short }
about-title =
    .city = About { $short } | { $place }
    .who = Who we are | { $short }, { $city }
    .service = About { $short }: { $service } in { $city }
testimonials-title =
    .of = What { $clients } say | { $short }, { $city }
    .city = Testimonials | { $short }, { $city }
faq-title =
    .city = Common questions | { $short }, { $city }
    .short = Questions and answers | { $short }
contact-title =
    .city = Contact | { $short }, { $place }
    .talk = Contact { $short } in { $city }
    .service = Contact | { $short }: { $service } in { $city }

home-description =
    .what = { $short }: { $services } in { $place }.
    .where = { $Services } in { $place }, from { $short }.
services-description =
    .city = { $Offer } in { $city }: { $services }.
    .short = { $short }, { $city }. { $Offer }: { $services }.
pricing-description =
    .how = Prices at { $short } in { $place }, and how to ask for a quote.
    .ask = How to ask { $short } in { $place } for a quote.
about-description =
    .who = The people behind { $short } in { $place }.
    .about = About { $short }: who we are and where we work, in { $place }.
testimonials-description =
    .say = What { $clients } say about { $short } in { $place }.
    .words = { $short } of { $place }, in the words of its { $clients }.
faq-description =
    .answers = Questions and answers about { $short } in { $place }.
    .common = What to know before you get in touch with { $short } in { $place }.
contact-description =
    .how = How to reach { $short } in { $place }.
    .ways = Ways to contact { $short } in { $place }.

## Opening

hero-heading-trade =
    .name = { $short }: { $new_trade } in { $city }
    .trade = { $New_trade } in { $city }: { $short }
hero-heading-named =
    .city = { $short } in { $city }
    .place = { $short }, { $place }
hero-heading-service =
    .name = { $short }: { $service } in { $city }
    .service = { $Service } in { $city }: { $short }
lead-services =
    .list = { $Services } in { $place }.
    .city = In { $city }: { $services }.
lead-areas =
    .all = { $Serves } { $areas }.
    .beyond = Besides { $city }, { $serves } { $beyond }.
lead-years =
    .since = { $years ->
        [one] In business for one year.
       *[other] In business for { $years } years.
    }
    .sum = { $years ->
        [one] One year in business.
       *[other] { $years } years in business.
    }

## Sections

services-heading =
    .offer = { $Offer }
services-page-heading =
    .name = { $short }: { $offer }
    .city = { $Offer }: { $short }, { $city }
services-ask =
    .doubt = Have a question? Ask us { $first_reach }.
    .more = To find out more, reach us { $first_reach }.
about-heading =
    .name = About { $short }
    .who = Who we are
about-page-heading =
    .name = About { $short }
    .who = { $short }: who we are
about-years =
    .since = { $years ->
        [one] { $short } has been in business for one year.
       *[other] { $short } has been in business for { $years } years.
    }
    .sum = { $years ->
        [one] { $short } has been going for one year.
       *[other] { $short } has been going for { $years } years.
    }
team-heading =
    .team = The team
    .who = Who is on the team
testimonials-heading =
    .say = What { $clients } say
    .words = In the words of our { $clients }
testimonials-page-heading =
    .say = What { $clients } say about { $short }
    .words = { $short } in the words of its { $clients }
testimonials-words =
    .as = Published in the words of the person who wrote it.
    .kept = Each testimonial stands as it was written.
areas-heading =
    .areas = Areas we serve
    .places = Towns and neighborhoods we serve
areas-ask =
    .missing = Don't see your town or neighborhood? Ask us { $first_reach }.
    .listed = If your town or neighborhood is not on the list, ask us { $first_reach }.
hours-heading =
    .hours = Opening hours
    .when = When we are open
contact-heading =
    .talk = Contact { $short }
    .how = How to reach { $short }
contact-reach =
    .us = Reach us { $reach }.
    .you = You can reach us { $reach }.
call-heading-call =
    .ring = Call { $phone }
    .phone = Talk to us: { $phone }
call-heading-whatsapp =
    .write = Message us on WhatsApp: { $whatsapp }
    .talk = Talk to us on WhatsApp at { $whatsapp }
call-heading-email =
    .write = Write to { $email }
    .mail = Send an e-mail to { $email }
call-heading-book_online =
    .book = Book online
    .time = Pick a time online
call-hours =
    .plain = { $Hours }.
    .we = We are open { $hours }.
call-reach =
    .us = Reach us { $reach }.
    .or = Get in touch { $reach }.

## Prices

pricing-heading =
    .price = Pricing and quotes
    .ask = How to ask for a quote
pricing-request =
    .all = { $short } gives prices on request.
    .name = Prices at { $short } are given on request.
pricing-given =
    .each = The prices we publish stand with each item; the others are given on request.
    .list = Each item shows its published price; where there is none, the price is given on request.
pricing-how =
    .say = For a quote, reach us { $first_reach } and say what you are looking for: { $any_service }.
    .ask = Ask for a quote { $first_reach }, and tell us what you need: { $any_service }.
pricing-where =
    .where = Tell us where you are, too: { $any_area }.
    .place = Please add your area: { $any_area }.
pricing-item =
    .request = Price on request.

## Questions

faq-heading =
    .common = Common questions
    .name = Questions about { $short }
faq-services =
    .answer = { $short } { $does } { $all_services }.
    .today = Right now, { $short } { $does } { $all_services }.
faq-areas-question =
    .which = Which areas do you serve?
    .mine = Do you serve my area?
faq-areas =
    .serves = { $short } serves { $all_areas }.
    .who = { $short } serves people in { $all_areas }.
faq-where-question =
    .where = Where are you?
    .address = What is your address?
faq-where =
    .is = { $short } is at { $address }.
    .at = You will find { $short } at { $address }.
faq-hours-question =
    .hours = What are your hours?
    .when = When are you open?
faq-hours =
    .open = { $short } is open { $hours }.
    .hours = Hours at { $short }: { $hours }.
faq-contact-question =
    .how = How do I reach you?
    .touch = How do I get in touch?
faq-contact =
    .talk = Reach { $short } { $reach }.
    .you = You can reach { $short } { $reach }.
faq-booking-question =
    .online = Can I book online?
    .how = How do I book a time?
faq-booking =
    .yes = { $short } takes bookings at { $booking }.
    .page = Bookings with { $short } are made at { $booking }.
faq-team-question =
    .who = Who is on the team?
    .team = Who works with you?
faq-team =
    .team = On the team at { $short }: { $people }.
    .are = The team at { $short }: { $people }.
faq-years-question =
    .long = How long have you been in business?
    .since = How many years have you been in business?
faq-years =
    .since = { $years ->
        [one] { $short } has been in business for one year.
       *[other] { $short } has been in business for { $years } years.
    }
    .sum = { $years ->
        [one] One year. That is how long { $short } has been in business.
       *[other] { $years } years. That is how long { $short } has been in business.
    }

## Ways to reach the business, as parts of a sentence

reach-phone = by phone at { $phone }
reach-whatsapp = on WhatsApp at { $whatsapp }
reach-both = by phone or WhatsApp at { $phone }
reach-email = by e-mail at { $email }
