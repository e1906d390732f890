### Sentences for any niche. A form is used only where all its variables are facts of the brief.
### A variable with a capital letter begins with one: $Trade is $trade at the start of a sentence.
### A form named after a tone (friendly, professional, premium) is used with that tone alone; all others with any.
### Where a niche has a message of the same name with its own at the end (services-ask-dentist), that one is said.

## Titles and descriptions of pages

home-title =
    .trade = { $name } | { $New_trade } in { $city }
    .first = { $New_trade } in { $city } | { $name }
    .place = { $name } | { $place }
    .service = { $name }: { $service } in { $city }
    .pair = { $Pair } in { $city } | { $name }
services-title =
    .city = { $Offer } | { $short }, { $city }
    .place = { $Offer } | { $short }, { $place }
    .short = { $Offer } | { $short }
    .service = { $Offer } at { $short }: { $service }
    .pair = { $short }: { $pair }
pricing-title =
    .price = Pricing and quotes | { $short }, { $city }
    .ask = How to ask for a quote | { $short }
    .prices = Prices and quotes | { $short }, { $place }
    .quote = Ask for a quote | { $short }, { $city }
    .cost = What it costs, and how to ask | { $short }
about-title =
    .city = About { $short } | { $place }
    .who = Who we are | { $short }, { $city }
    .service = About { $short }: { $service } in { $city }
    .meet = Meet { $short } | { $place }
    .people = The people of { $short }, { $city }
testimonials-title =
    .of = What { $clients } say | { $short }, { $city }
    .city = Testimonials | { $short }, { $city }
    .words = In the words of { $clients } | { $short }
    .about = What { $clients } say about { $short }
    .place = Testimonials | { $short }, { $place }
faq-title =
    .city = Common questions | { $short }, { $city }
    .short = Questions and answers | { $short }
    .asked = What people ask { $short } | { $city }
    .know = Good to know | { $short }, { $city }
    .place = Questions | { $short }, { $place }
contact-title =
    .city = Contact | { $short }, { $place }
    .talk = Contact { $short } in { $city }
    .service = Contact | { $short }: { $service } in { $city }
    .reach = How to reach { $short } | { $city }
    .touch = Get in touch | { $short }, { $place }

home-description =
    .what = { $short }: { $services } in { $place }.
    .where = { $Services } in { $place }, from { $short }.
    .city = { $short } in { $place }. What we do: { $services }.
    .looking = Looking for { $any_service } in { $place }? This is { $short }.
    .ask = { $short }, { $place }. Ask us about { $services }.
services-description =
    .city = { $Offer } in { $city }: { $services }.
    .short = { $short }, { $city }. { $Offer }: { $services }.
    .list = { $Services }: what { $short } does in { $city }, item by item.
    .all = What { $short } does in { $place }: { $services }.
    .each = Read about { $services } at { $short } in { $city }.
pricing-description =
    .how = Prices at { $short } in { $place }, and how to ask for a quote.
    .ask = How to ask { $short } in { $place } for a quote.
    .what = What to tell { $short } in { $place } when you ask for a quote.
    .cost = Prices and quotes for { $services } at { $short }.
    .know = How { $short } in { $place } gives its prices, and how to ask.
about-description =
    .who = The people behind { $short } in { $place }.
    .about = About { $short }: who we are and where we work, in { $place }.
    .meet = Meet { $short } of { $place }: who we are and what we do.
    .story = Who runs { $short } in { $place }, in our own words.
    .know = Get to know { $short } in { $place } before you get in touch.
testimonials-description =
    .say = What { $clients } say about { $short } in { $place }.
    .words = { $short } of { $place }, in the words of its { $clients }.
    .read = Read what { $clients } wrote about { $short } in { $place }.
    .own = { $Clients } of { $short } in { $place }, in their own words.
    .heard = What we heard from { $clients } of { $short } in { $place }.
faq-description =
    .answers = Questions and answers about { $short } in { $place }.
    .common = What to know before you get in touch with { $short } in { $place }.
    .asked = What people ask { $short } in { $place }, with short answers.
    .short = Short answers about { $short } in { $place }.
    .before = Before you contact { $short } in { $place }: questions and answers.
contact-description =
    .how = How to reach { $short } in { $place }.
    .ways = Ways to contact { $short } in { $place }.
    .touch = Get in touch with { $short } in { $place }.
    .talk = Talk to { $short } in { $place }.
    .write = Every way to reach { $short } in { $place }.

## Opening

hero-heading-trade =
    .trade = { $New_trade } in { $city }: { $pair }
    .name = { $short }: { $pair } in { $city }
    .from = { $Pair } in { $city }, from { $short }
    .place = { $New_trade } in { $place }: { $pair }
    .all = { $short }, { $new_trade } in { $city }: { $pair }
hero-heading-named =
    .name = { $short }: { $pair } in { $city }
    .pair = { $Pair } in { $city }: { $short }
    .city = { $short } in { $city }: { $pair }
    .from = { $Pair } in { $city }, from { $short }
    .place = In { $city }: { $pair }, from { $short }
lead-services =
    .list = { $Services } in { $place }.
    .city = In { $city }: { $services }.
    .ask = Ask us about { $services }.
    .friendly = Looking for { $any_service }? Talk to us.
    .professional = Our work: { $services }.
    .premium = { $Services }, in { $city }.
lead-areas =
    .all = { $Serves } { $areas }.
    .beyond = Besides { $city }, { $serves } { $beyond }.
    .list = Areas served: { $areas }.
    .around = Also in { $beyond }.
    .map = On our map: { $areas }.
lead-years =
    .since = { $years ->
        [one] In business for one year.
       *[other] In business for { $years } years.
    }
    .sum = { $years ->
        [one] One year in business.
       *[other] { $years } years in business.
    }
    .going = { $years ->
        [one] One year so far.
       *[other] { $years } years so far.
    }
    .friendly = { $years ->
        [one] We have been at it for one year.
       *[other] We have been at it for { $years } years.
    }
    .professional = { $years ->
        [one] One year of practice.
       *[other] { $years } years of practice.
    }
    .premium = { $years ->
        [one] At work for one year.
       *[other] At work for { $years } years.
    }

## Sections

services-heading =
    .offer = { $Offer }
    .at = { $Offer } at { $short }
    .city = { $Offer } in { $city }
    .name = { $short }: { $offer }
    .place = { $Offer } in { $place }
services-page-heading =
    .name = { $short }: { $offer }
    .city = { $Offer }: { $short }, { $city }
    .at = { $Offer } at { $short }
    .in = { $Offer } at { $short } in { $city }
    .place = { $Offer } in { $place }
services-ask =
    .doubt = Have a question? Ask us { $first_reach }.
    .more = To find out more, reach us { $first_reach }.
    .unsure = Not sure what to ask for? Describe it { $first_reach }.
    .friendly = Just ask { $first_reach }: it is a person who answers.
    .professional = For details, contact us { $first_reach }.
    .premium = For a conversation about your project, contact us { $first_reach }.
prepare =
    .what = Tell us what you need, where you are, and when it suits you.
    .start = A good start: what you need, where, and by when.
    .short = A short message is enough: what it is about and where you are.
    .friendly = Tell us in your own words what you have in mind. We will ask about the rest.
    .professional = Please state what you need, the place, and the dates that suit you.
    .premium = Tell us what you have in mind, and how much time there is for it.
about-heading =
    .name = About { $short }
    .who = Who we are
    .meet = Meet { $short }
    .behind = Behind { $short }
    .people = The people behind { $short }
about-page-heading =
    .name = About { $short }
    .who = { $short }: who we are
    .meet = Meet { $short }
    .city = { $short } of { $city }
    .behind = Who is behind { $short }
about-years =
    .since = { $years ->
        [one] { $short } has been in business for one year.
       *[other] { $short } has been in business for { $years } years.
    }
    .sum = { $years ->
        [one] { $short } has been going for one year.
       *[other] { $short } has been going for { $years } years.
    }
    .counts = { $years ->
        [one] { $short } has been at work for one year.
       *[other] { $short } has been at work for { $years } years.
    }
    .friendly = { $years ->
        [one] We have been doing this for one year.
       *[other] We have been doing this for { $years } years.
    }
    .professional = { $years ->
        [one] The business has been active for one year.
       *[other] The business has been active for { $years } years.
    }
    .premium = { $years ->
        [one] { $short } has one year of work behind it.
       *[other] { $short } has { $years } years of work behind it.
    }
team-heading =
    .team = The team
    .who = Who is on the team
    .people = The people of { $short }
    .meet = Meet the team
    .at = At { $short }
testimonials-heading =
    .say = What { $clients } say
    .words = In the words of our { $clients }
    .wrote = What { $clients } wrote
    .own = { $Clients } in their own words
    .heard = What we heard from { $clients }
testimonials-page-heading =
    .say = What { $clients } say about { $short }
    .words = { $short } in the words of its { $clients }
    .wrote = What { $clients } wrote about { $short }
    .own = { $Clients } of { $short }, in their own words
    .heard = What { $short } heard from its { $clients }
testimonials-words =
    .as = Published in the words of the person who wrote it.
    .kept = Each testimonial stands as it was written.
    .letter = Nothing was added and nothing taken out.
    .changed = We changed no word of what you read here.
    .whole = Each one is printed whole, as we received it.
areas-heading =
    .areas = Areas we serve
    .places = Towns and neighborhoods we serve
    .where = Where we work
    .far = Places we serve
    .around = In and around { $city }
areas-ask =
    .missing = Don't see your town or neighborhood? Ask us { $first_reach }.
    .listed = If your town or neighborhood is not on the list, ask us { $first_reach }.
    .else = Somewhere else? Ask us { $first_reach }.
    .friendly = Not on the list? Ask anyway, { $first_reach }.
    .professional = For other places, please contact us { $first_reach }.
    .premium = For other addresses, ask us { $first_reach }.
hours-heading =
    .hours = Opening hours
    .when = When we are open
    .ours = Our hours
    .week = Our week
    .days = Days and hours
contact-heading =
    .talk = Contact { $short }
    .how = How to reach { $short }
    .touch = Get in touch with { $short }
    .find = Where to find { $short }
    .to = Talk to { $short }
contact-reach =
    .us = Reach us { $reach }.
    .you = You can reach us { $reach }.
    .touch = Get in touch { $reach }.
    .friendly = Say hello { $reach }.
    .professional = Please contact us { $reach }.
    .premium = We look forward to hearing from you { $reach }.
call-heading-call =
    .ring = Call { $phone }
    .phone = Talk to us: { $phone }
    .number = Our number: { $phone }
    .us = Call us at { $phone }
    .hear = Give us a call: { $phone }
call-heading-whatsapp =
    .write = Message us on WhatsApp: { $whatsapp }
    .talk = Talk to us on WhatsApp at { $whatsapp }
    .send = Send a WhatsApp message to { $whatsapp }
    .are = We are on WhatsApp: { $whatsapp }
    .line = Drop us a line on WhatsApp: { $whatsapp }
call-heading-email =
    .write = Write to { $email }
    .mail = Send an e-mail to { $email }
    .us = Write to us: { $email }
    .address = Our address for mail: { $email }
    .line = Drop us a line: { $email }
call-heading-book_online =
    .book = Book online
    .time = Pick a time online
    .day = Choose a day and time online
    .place = Book a day and time online
    .calendar = See the calendar and book
call-hours =
    .plain = { $Hours }.
    .we = We are open { $hours }.
    .our = Our hours: { $hours }.
    .friendly = Somebody is here { $hours }.
    .professional = Business hours: { $hours }.
    .premium = You find us { $hours }.
call-reach =
    .us = Reach us { $reach }.
    .or = Get in touch { $reach }.
    .talk = Talk to us { $reach }.
    .friendly = Say hello { $reach }.
    .professional = Please contact us { $reach }.
    .premium = Contact us { $reach }.

## Prices

pricing-heading =
    .price = Pricing and quotes
    .ask = How to ask for a quote
    .prices = Prices and quotes
    .cost = What it costs
    .how = Prices, and how to ask
pricing-request =
    .all = { $short } gives prices on request.
    .name = Prices at { $short } are given on request.
    .ask = Ask { $short } for the price of what you need.
    .depends = The price depends on what you need, so { $short } gives it on request.
    .first = Tell { $short } what you need, and ask for the price.
pricing-given =
    .each = The prices we publish stand with each item; the others are given on request.
    .list = Each item shows its published price; where there is none, the price is given on request.
    .beside = Published prices stand beside their items. For the rest, please ask.
    .where = Where we publish a price, it stands with the item. For the others, ask us.
    .some = Some prices are on this page. The others we give on request.
pricing-how =
    .say = For a quote, reach us { $first_reach } and say what you are looking for: { $any_service }.
    .ask = Ask for a quote { $first_reach }, and tell us what you need: { $any_service }.
    .start = Start { $first_reach }: is it { $any_service }?
    .tell = Tell us { $first_reach } what it is about: { $any_service }.
    .quote = To get a quote, contact us { $first_reach }. Name the work: { $any_service }.
pricing-where =
    .where = Tell us where you are, too: { $any_area }.
    .place = Please add your area: { $any_area }.
    .also = It helps to know the place: { $any_area }.
    .are = Are you in { $any_area }? Tell us that, too.
    .say = Say where it is: { $any_area }.
pricing-item =
    .request = Price on request.
    .ask = Ask us for the price.
    .quote = Ask for a quote.
    .given = Price given on request.
    .us = Please ask for the price.

## Questions

faq-heading =
    .common = Common questions
    .name = Questions about { $short }
    .ask = What people ask { $short }
    .know = Good to know about { $short }
    .answers = Questions and answers
faq-services =
    .answer = { $short } { $does } { $all_services }.
    .today = Right now, { $short } { $does } { $all_services }.
    .list = The list: { $all_services }.
    .these = { $All_services }.
    .at = At { $short }: { $all_services }.
faq-areas-question =
    .which = Which areas do you serve?
    .mine = Do you serve my area?
    .where = Where do you work?
    .come = Is my town on your list?
    .far = Which places do you serve?
faq-areas =
    .serves = { $short } serves { $all_areas }.
    .who = { $short } serves people in { $all_areas }.
    .list = The list so far: { $all_areas }.
    .we = We serve { $all_areas }.
    .yes = On our list: { $all_areas }.
faq-where-question =
    .where = Where are you?
    .address = What is your address?
    .find = Where do I find you?
    .located = Where is { $short }?
    .come = Where do I go?
faq-where =
    .is = { $short } is at { $address }.
    .at = You will find { $short } at { $address }.
    .address = Our address: { $address }.
    .we = We are at { $address }.
    .come = Come to { $address }.
faq-hours-question =
    .hours = What are your hours?
    .when = When are you open?
    .days = Which days are you open?
    .visit = When can I reach you?
    .there = When is somebody there?
faq-hours =
    .open = { $short } is open { $hours }.
    .hours = Hours at { $short }: { $hours }.
    .we = We are open { $hours }.
    .ours = Our hours: { $hours }.
    .plain = { $Hours }.
faq-contact-question =
    .how = How do I reach you?
    .touch = How do I get in touch?
    .talk = How can I talk to you?
    .write = Where do I call or write?
    .ask = Where do I ask a question?
faq-contact =
    .talk = Reach { $short } { $reach }.
    .you = You can reach { $short } { $reach }.
    .us = Reach us { $reach }.
    .touch = Get in touch { $reach }.
    .ask = Ask { $short } { $reach }.
faq-booking-question =
    .online = Can I book online?
    .how = How do I book a time?
    .where = Where do I book?
    .page = Is there a page for bookings?
    .reserve = How do I reserve?
faq-booking =
    .yes = { $short } takes bookings at { $booking }.
    .page = Bookings with { $short } are made at { $booking }.
    .here = Book at { $booking }.
    .pick = Pick your time at { $booking }.
    .go = Go to { $booking }.
faq-team-question =
    .who = Who is on the team?
    .team = Who works with you?
    .meet = Who will I meet?
    .people = Who are the people of { $short }?
    .deal = Who will I deal with?
faq-team =
    .team = On the team at { $short }: { $people }.
    .are = The team at { $short }: { $people }.
    .plain = { $People }.
    .meet = You will meet { $people }.
    .work = At { $short } you find { $people }.
faq-years-question =
    .long = How long have you been in business?
    .since = How many years have you been in business?
    .doing = How long have you been doing this?
    .old = How old is { $short }?
    .new = How many years have you been at it?
faq-years =
    .since = { $years ->
        [one] { $short } has been in business for one year.
       *[other] { $short } has been in business for { $years } years.
    }
    .sum = { $years ->
        [one] One year. That is how long { $short } has been in business.
       *[other] { $years } years. That is how long { $short } has been in business.
    }
    .we = { $years ->
        [one] We have been in business for one year.
       *[other] We have been in business for { $years } years.
    }
    .going = { $years ->
        [one] { $short } has been going for one year.
       *[other] { $short } has been going for { $years } years.
    }
    .counts = { $years ->
        [one] { $short } has been at work for one year.
       *[other] { $short } has been at work for { $years } years.
    }

## Ways to reach the business, as parts of a sentence

reach-phone = by phone at { $phone }
reach-whatsapp = on WhatsApp at { $whatsapp }
reach-both = by phone or WhatsApp at { $phone }
reach-email = by e-mail at { $email }
