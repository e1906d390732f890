### Sentences for any niche. A form is used only where all its variables are facts of the brief.
### A variable with a capital letter begins with one: $Trade is $trade at the start of a sentence.
### $short is the bare name, $the the name with its article, $of the same after "de".
### A form named after a tone (friendly, professional, premium) is used with that tone alone; all others with any.
### Where a niche has a message of the same name with its own at the end (services-ask-dentist), that one is said.

## Titles and descriptions of pages

home-title =
    .trade = { $name } | { $New_trade } en { $city }
    .first = { $New_trade } en { $city } | { $name }
    .place = { $name } | { $place }
    .service = { $name }: { $service } en { $city }
    .pair = { $Pair } en { $city } | { $name }
services-title =
    .city = { $Offer } | { $short }, { $city }
    .place = { $Offer } | { $short }, { $place }
    .short = { $Offer } | { $short }
    .pair = { $short }: { $pair }
    .service = { $Offer } en { $city } | { $short }
pricing-title =
    .price = Precios y { $quote } | { $short }, { $city }
    .ask = Cómo pedir { $a_quote } | { $short }
    .prices = Precios | { $short }, { $place }
    .quote = Pida { $a_quote } | { $short }, { $city }
    .how = Precios y cómo pedir { $a_quote } | { $short }
about-title =
    .city = Sobre { $the } | { $place }
    .who = Quiénes somos | { $short }, { $city }
    .service = Sobre { $the }: { $service } en { $city }
    .know = Conozca a { $short } | { $place }
    .people = Las personas { $of } | { $city }
testimonials-title =
    .of = Opiniones de { $clients } | { $short }
    .city = Opiniones | { $short }, { $city }
    .say = Lo que dicen los { $clients } | { $short }
    .words = En palabras de { $clients } | { $short }
    .place = Opiniones | { $short }, { $place }
faq-title =
    .city = Preguntas frecuentes | { $short }, { $city }
    .short = Preguntas frecuentes | { $short }
    .answers = Preguntas y respuestas | { $short }, { $city }
    .know = Conviene saber | { $short }, { $city }
    .doubts = Dudas comunes | { $short }, { $place }
contact-title =
    .city = Contacto | { $short }, { $place }
    .talk = Contacto con { $the } en { $city }
    .service = Contacto | { $short }: { $service } en { $city }
    .how = Cómo hablar con { $the } | { $city }
    .ways = Datos de contacto | { $short }, { $city }

home-description =
    .what = { $short }: { $services } en { $place }.
    .where = { $Services } en { $place }, con { $the }.
    .city = { $short }, en { $place }. Lo que hacemos: { $services }.
    .looking = ¿Busca { $any_service } en { $place }? Hable con { $the }.
    .ask = { $short }, { $place }. Pregunte por { $services }.
services-description =
    .city = { $Offer } en { $city }: { $services }.
    .short = { $short }, { $city }. { $Offer }: { $services }.
    .list = { $Services }: lea sobre cada punto { $of }, en { $city }.
    .all = { $short }, en { $place }: lea sobre { $services }.
    .each = Lea sobre { $services } en { $city }, con { $the }.
pricing-description =
    .how = Precios { $of } en { $place } y cómo pedir { $a_quote }.
    .ask = Cómo pedir { $a_quote } y qué ofrece { $the } en { $place }.
    .tell = Qué decir al pedir { $a_quote } con { $the }, en { $place }.
    .know = Cómo da sus precios { $the }, en { $place }, y cómo preguntar.
    .list = Precios y { $quote } para { $services }, con { $the }.
about-description =
    .who = Quién está detrás { $of }, en { $place }.
    .about = Sobre { $the }: quiénes somos y dónde atendemos, en { $place }.
    .know = { $short }, en { $place }: quiénes somos y qué hacemos.
    .own = { $short }, en { $place }, en palabras de quienes trabajan ahí.
    .before = { $short }, en { $place }: sepa con quién va a hablar.
testimonials-description =
    .say = Lo que opinan los { $clients } sobre { $the }, en { $place }.
    .words = { $The }, en { $place }, en palabras de sus { $clients }.
    .read = Lea lo que escribieron los { $clients } sobre { $the }, en { $place }.
    .own = Opiniones de { $clients } { $of }, en { $place }.
    .heard = Lo que nos dijeron los { $clients } { $of }, en { $place }.
faq-description =
    .answers = Preguntas y respuestas sobre { $the }, en { $place }.
    .common = Lo que conviene saber antes de hablar con { $the }, en { $place }.
    .asked = Lo que suelen preguntar sobre { $the }, en { $place }.
    .short = Respuestas cortas sobre { $the }, en { $place }.
    .before = Antes de comunicarse: preguntas y respuestas { $of }, en { $place }.
contact-description =
    .how = Cómo comunicarse con { $the }, en { $place }.
    .ways = Contacto { $of }, en { $place }.
    .touch = Los datos de contacto { $of }, en { $place }.
    .find = Dónde encontrar { $short }, en { $place }.
    .talk = Hable con { $the }, en { $place }.

## Opening

hero-heading-trade =
    .trade = { $New_trade } en { $city }: { $pair }
    .name = { $short }: { $pair } en { $city }
    .with = { $Pair } en { $city }, con { $the }
    .place = { $New_trade } en { $place }: { $pair }
    .all = { $short }, { $new_trade } en { $city }: { $pair }
hero-heading-named =
    .name = { $short }: { $pair } en { $city }
    .pair = { $Pair } en { $city }: { $short }
    .city = { $short }, en { $city }: { $pair }
    .with = { $Pair } en { $city }, con { $the }
    .place = En { $city }: { $pair }, con { $the }
lead-services =
    .list = { $Services } en { $place }.
    .city = En { $city }: { $services }.
    .ask = Pregunte por { $services }.
    .friendly = ¿Busca { $any_service }? Hable con nosotros.
    .professional = Nuestro trabajo: { $services }.
    .premium = { $Services }, en { $city }.
lead-areas =
    .all = { $Serves } { $areas }.
    .beyond = Además de { $city }, { $serves } { $beyond }.
    .list = Zonas atendidas: { $areas }.
    .around = También en { $beyond }.
    .map = Zona de servicio: { $areas }.
lead-years =
    .since = { $years ->
        [one] En actividad desde hace un año.
       *[other] En actividad desde hace { $years } años.
    }
    .sum = { $years ->
        [one] Un año de actividad.
       *[other] { $years } años de actividad.
    }
    .open = { $years ->
        [one] Llevamos un año trabajando.
       *[other] Llevamos { $years } años trabajando.
    }
    .friendly = { $years ->
        [one] Nos dedicamos a esto desde hace un año.
       *[other] Nos dedicamos a esto desde hace { $years } años.
    }
    .professional = { $years ->
        [one] Un año de actividad profesional.
       *[other] { $years } años de actividad profesional.
    }
    .premium = { $years ->
        [one] Un año de trabajo.
       *[other] { $years } años de trabajo.
    }

## Sections

services-heading =
    .offer = { $Offer }
    .city = { $Offer } en { $city }
    .name = { $short }: { $offer }
    .place = { $Offer } en { $place }
    .who = { $short }, { $city }: { $offer }
services-page-heading =
    .name = { $short }: { $offer }
    .city = { $Offer }: { $short }, { $city }
    .place = { $Offer } en { $place }
    .in = { $short } en { $city }: { $offer }
    .with = { $Offer } en { $city }: { $short }
services-ask =
    .doubt = ¿Tiene alguna duda? Pregunte { $first_reach }.
    .more = Para saber más, comuníquese { $first_reach }.
    .unsure = ¿No sabe bien qué pedir? Descríbalo { $first_reach }.
    .friendly = Pregunte sin pena { $first_reach }: le responde una persona.
    .professional = Para más detalles, comuníquese { $first_reach }.
    .premium = Para conversar sobre lo que tiene en mente, comuníquese { $first_reach }.
prepare =
    .what = Díganos qué necesita, dónde está y para cuándo.
    .start = Para empezar: qué es, dónde es y para qué fecha.
    .short = Basta un mensaje corto: el asunto y el lugar.
    .friendly = Cuéntenos con sus palabras lo que tiene en mente. Lo demás se lo preguntamos.
    .professional = Indique qué necesita, el lugar y las fechas posibles.
    .premium = Cuéntenos lo que tiene en mente y de cuánto tiempo dispone.
about-heading =
    .name = Sobre { $the }
    .who = Quiénes somos
    .know = Conózcanos
    .behind = Quién está detrás { $of }
    .people = Con quién va a hablar
about-page-heading =
    .name = Sobre { $the }
    .who = { $short }: quiénes somos
    .know = Conozca a { $short }
    .city = { $short }, en { $city }
    .behind = Quién está detrás { $of }
about-years =
    .since = { $years ->
        [one] { $The } está en actividad desde hace un año.
       *[other] { $The } está en actividad desde hace { $years } años.
    }
    .sum = { $years ->
        [one] { $The } tiene un año de actividad.
       *[other] { $The } tiene { $years } años de actividad.
    }
    .counts = { $years ->
        [one] { $The } suma un año de trabajo.
       *[other] { $The } suma { $years } años de trabajo.
    }
    .friendly = { $years ->
        [one] Llevamos un año en este trabajo.
       *[other] Llevamos { $years } años en este trabajo.
    }
    .professional = { $years ->
        [one] La actividad cumple un año.
       *[other] La actividad suma { $years } años.
    }
    .premium = { $years ->
        [one] { $The } tiene un año de trabajo.
       *[other] { $The } tiene { $years } años de trabajo.
    }
team-heading =
    .team = El equipo
    .who = Quién forma el equipo
    .people = Las personas { $of }
    .meet = Conozca al equipo
    .ours = Nuestro equipo
testimonials-heading =
    .of = Opiniones de { $clients }
    .words = Lo que opinan los { $clients }
    .wrote = Lo que escribieron los { $clients }
    .own = En palabras de los { $clients }
    .heard = Lo que nos dijeron los { $clients }
testimonials-page-heading =
    .of = Opiniones de { $clients } sobre { $the }
    .words = { $The } en palabras de sus { $clients }
    .wrote = Lo que escribieron los { $clients } sobre { $the }
    .say = Lo que dicen los { $clients } { $of }
    .heard = Lo que { $the } oyó de sus { $clients }
testimonials-words =
    .as = Publicado con las palabras de quien lo escribió.
    .kept = Cada opinión está como se escribió.
    .letter = Nada se añadió y nada se quitó.
    .changed = No cambiamos ninguna palabra de lo que lee aquí.
    .whole = Cada una aparece entera, como llegó.
areas-heading =
    .areas = Zonas que atendemos
    .places = Ciudades y barrios que atendemos
    .where = Dónde atendemos
    .far = Lugares que atendemos
    .city = { $City } y otros lugares
areas-ask =
    .missing = ¿No encuentra su barrio o su ciudad? Pregunte { $first_reach }.
    .listed = Si su barrio o su ciudad no está en la lista, pregunte { $first_reach }.
    .else = ¿Está en otro lugar? Pregunte { $first_reach }.
    .friendly = ¿No está en la lista? Pregunte de todos modos, { $first_reach }.
    .professional = Para otras localidades, consulte { $first_reach }.
    .premium = Para otras direcciones, comuníquese { $first_reach }.
hours-heading =
    .hours = Horario de atención
    .when = Cuándo atendemos
    .days = Días y horas
    .week = Nuestra semana
    .ours = Nuestro horario
contact-heading =
    .talk = Hable con { $the }
    .how = Cómo comunicarse con { $the }
    .ways = Contacto { $of }
    .find = Dónde nos encuentra
    .ours = Nuestros datos de contacto
contact-reach =
    .us = Comuníquese { $reach }.
    .you = Puede comunicarse { $reach }.
    .talk = Hable con nosotros { $reach }.
    .friendly = Salúdenos { $reach }.
    .professional = Contáctenos { $reach }.
    .premium = Será un gusto atenderle { $reach }.
call-heading-call =
    .ring = Llame al { $phone }
    .phone = Hable por teléfono: { $phone }
    .number = Nuestro número: { $phone }
    .us = Llámenos: { $phone }
    .answer = Atendemos en el { $phone }
call-heading-whatsapp =
    .write = Escriba por WhatsApp: { $whatsapp }
    .talk = Hable por WhatsApp: { $whatsapp }
    .send = Envíe un mensaje por WhatsApp: { $whatsapp }
    .are = Estamos en WhatsApp: { $whatsapp }
    .line = Un mensaje al WhatsApp { $whatsapp }
call-heading-email =
    .write = Escriba a { $email }
    .mail = Envíe un correo a { $email }
    .us = Nuestro correo: { $email }
    .address = Escríbanos: { $email }
    .line = Mande un mensaje a { $email }
call-heading-book_online =
    .book = Reserve en línea
    .time = Elija su horario en línea
    .day = Elija el día y la hora en línea
    .place = Aparte su hora en línea
    .calendar = Vea la agenda y reserve
call-hours =
    .plain = { $Hours }.
    .we = Atendemos { $hours }.
    .our = Nuestro horario: { $hours }.
    .friendly = Aquí nos encuentra { $hours }.
    .professional = Horario de atención: { $hours }.
    .premium = Le recibimos { $hours }.
call-reach =
    .us = Comuníquese { $reach }.
    .or = Atendemos { $reach }.
    .talk = Hable con nosotros { $reach }.
    .friendly = Salúdenos { $reach }.
    .professional = Contáctenos { $reach }.
    .premium = Estamos a sus órdenes { $reach }.

## Prices

pricing-heading =
    .price = Precios y { $quote }
    .ask = Cómo pedir { $a_quote }
    .prices = Precios
    .cost = Cuánto cuesta y cómo preguntar
    .how = Precios y cómo pedir
pricing-request =
    .all = { $The } da sus precios por { $quote }.
    .name = Los precios { $of } se dan por { $quote }.
    .ask = Diga qué necesita, y { $the } le informa el precio.
    .depends = El precio depende de lo que haga falta; por eso { $the } lo da por { $quote }.
    .first = Hable con { $the }, cuente qué necesita y pregunte el precio.
pricing-given =
    .each = Los precios publicados están junto a cada servicio; los demás se dan por { $quote }.
    .list = Cada servicio lleva su precio publicado; si no lo lleva, se da por { $quote }.
    .beside = El precio publicado está al lado del servicio. Por los demás, pregunte.
    .where = Si hay un precio publicado, está junto al servicio. Si no lo hay, pregunte.
    .some = Algunos precios están en esta página. Los demás se dan por { $quote }.
pricing-how =
    .say = Para pedir { $a_quote }, comuníquese { $first_reach } y diga qué necesita: { $any_service }.
    .ask = Pida { $a_quote } { $first_reach } y cuente qué busca: { $any_service }.
    .start = Empiece { $first_reach }: ¿es { $any_service }?
    .tell = Cuente { $first_reach } de qué se trata: { $any_service }.
    .name = Pregunte { $first_reach } y diga cuál es el trabajo: { $any_service }.
pricing-where =
    .where = Diga también en qué zona está: { $any_area }.
    .place = Agregue su zona: { $any_area }.
    .also = Ayuda saber el lugar: { $any_area }.
    .are = ¿Está en { $any_area }? Díganos también eso.
    .say = Diga dónde es: { $any_area }.
pricing-item =
    .request = Precio a consultar.
    .ask = Pregunte el precio.
    .quote = Pida { $a_quote }.
    .given = Precio por { $quote }.
    .us = Consulte el precio.

## Questions

faq-heading =
    .common = Preguntas frecuentes
    .name = Preguntas sobre { $the }
    .ask = Lo que suelen preguntar
    .know = Conviene saber
    .answers = Preguntas y respuestas
faq-services =
    .answer = { $The } { $does } { $all_services }.
    .today = Hoy, { $the } { $does } { $all_services }.
    .list = La lista: { $all_services }.
    .these = { $All_services }.
    .at = { $short }: { $all_services }.
faq-areas-question =
    .which = ¿Qué zonas atienden?
    .mine = ¿Atienden en mi zona?
    .where = ¿Dónde atienden?
    .list = ¿Mi ciudad está en la lista?
    .far = ¿Qué lugares atienden?
faq-areas =
    .serves = { $The } atiende en { $all_areas }.
    .who = { $The } atiende a personas de { $all_areas }.
    .list = La lista hasta hoy: { $all_areas }.
    .we = Atendemos en { $all_areas }.
    .yes = En nuestra lista: { $all_areas }.
faq-where-question =
    .where = ¿Dónde están?
    .address = ¿Cuál es la dirección?
    .find = ¿Dónde los encuentro?
    .located = ¿Dónde queda { $the }?
    .go = ¿Adónde voy?
faq-where =
    .is = La dirección { $of } es { $address }.
    .at = { $The } atiende en esta dirección: { $address }.
    .address = Nuestra dirección: { $address }.
    .we = Estamos en { $address }.
    .come = Anote la dirección: { $address }.
faq-hours-question =
    .hours = ¿Cuál es el horario de atención?
    .when = ¿Qué días y a qué hora atienden?
    .days = ¿Qué días abren?
    .visit = ¿Cuándo los encuentro?
    .there = ¿Cuándo hay alguien?
faq-hours =
    .open = { $The } atiende { $hours }.
    .hours = El horario { $of }: { $hours }.
    .we = Atendemos { $hours }.
    .ours = Nuestro horario: { $hours }.
    .plain = { $Hours }.
faq-contact-question =
    .how = ¿Cómo me comunico con ustedes?
    .touch = ¿Cómo los contacto?
    .write = ¿Adónde llamo o escribo?
    .ask = ¿Dónde pregunto una duda?
    .talk = ¿Cómo hablo con ustedes?
faq-contact =
    .talk = Comuníquese con { $the } { $reach }.
    .you = Puede comunicarse con { $the } { $reach }.
    .us = Hable con nosotros { $reach }.
    .touch = Contáctenos { $reach }.
    .ask = Pregunte { $reach }.
faq-booking-question =
    .online = ¿Se puede reservar en línea?
    .how = ¿Cómo reservo una hora?
    .where = ¿Dónde reservo?
    .page = ¿Hay una página para reservar?
    .mine = ¿Cómo aparto una hora?
faq-booking =
    .yes = { $The } recibe reservas en { $booking }.
    .page = Las reservas con { $the } se hacen en { $booking }.
    .here = Reserve en { $booking }.
    .pick = Elija su hora en { $booking }.
    .go = Entre en { $booking }.
faq-team-question =
    .who = ¿Quién forma el equipo?
    .team = ¿Quién trabaja con ustedes?
    .meet = ¿Quién me va a atender?
    .people = ¿Quiénes son las personas { $of }?
    .talk = ¿Con quién voy a hablar?
faq-team =
    .team = En el equipo { $of }: { $people }.
    .are = El equipo { $of }: { $people }.
    .plain = { $People }.
    .ours = Nuestro equipo: { $people }.
    .here = Aquí habla con { $people }.
faq-years-question =
    .long = ¿Desde cuándo trabajan?
    .since = ¿Cuánto tiempo llevan en actividad?
    .old = ¿Cuánto tiempo tiene { $the }?
    .doing = ¿Hace cuánto se dedican a esto?
    .new = ¿Cuántos años llevan trabajando?
faq-years =
    .since = { $years ->
        [one] { $The } está en actividad desde hace un año.
       *[other] { $The } está en actividad desde hace { $years } años.
    }
    .sum = { $years ->
        [one] { $The } tiene un año de actividad.
       *[other] { $The } tiene { $years } años de actividad.
    }
    .we = { $years ->
        [one] Llevamos un año en actividad.
       *[other] Llevamos { $years } años en actividad.
    }
    .counts = { $years ->
        [one] { $The } suma un año de trabajo.
       *[other] { $The } suma { $years } años de trabajo.
    }
    .plain = { $years ->
        [one] Un año.
       *[other] { $years } años.
    }

## Ways to reach the business, as parts of a sentence

reach-phone = por teléfono al { $phone }
reach-whatsapp = por WhatsApp al { $whatsapp }
reach-both = por teléfono o WhatsApp al { $phone }
reach-email = por correo a { $email }
