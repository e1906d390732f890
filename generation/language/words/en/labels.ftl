### Words of navigation, buttons and contact lists.

page-home = Home
    .file = index
page-services = { $Offer }
    .file = services
page-pricing = Pricing
    .file = pricing
page-gallery = Gallery
    .file = gallery
page-about = About
    .file = about
page-testimonials = Testimonials
    .file = testimonials
page-faq = FAQ
    .file = faq
page-contact = Contact
    .file = contact

action-call = Call now
action-whatsapp = Message us on WhatsApp
action-form = Send a message
action-email = Send an e-mail
action-book_online = Book online
see-services = See { $offer }
more-services = See { $offer } in detail
more-about = More about us
more-gallery = See all photos
more-testimonials = Read the testimonials
mail-subject = Message from the website

phone = Phone
whatsapp = WhatsApp
email = E-mail
address = Address
areas = Areas served
hours = Hours
years = In business
    .value = { $years ->
        [one] one year
       *[other] { $years } years
    }

quote = quote
    .one = a quote
