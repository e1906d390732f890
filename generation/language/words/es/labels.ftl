### Words of navigation, buttons and contact lists.

page-home = Inicio
    .file = index
page-services = { $Offer }
    .file = servicios
page-pricing = Precios
    .file = precios
page-gallery = Galería
    .file = galeria
page-about = Nosotros
    .file = nosotros
page-testimonials = Opiniones
    .file = opiniones
page-faq = Preguntas
    .file = preguntas
page-contact = Contacto
    .file = contacto

action-call = Llamar ahora
action-whatsapp = Escribir por WhatsApp
action-form = Enviar mensaje
action-email = Enviar un correo
action-book_online = Reservar en línea
see-services = Ver { $offer }
more-services = Ver { $offer } en detalle
more-about = Más sobre nosotros
more-gallery = Ver todas las fotos
more-testimonials = Leer las opiniones
mail-subject = Mensaje desde el sitio web

phone = Teléfono
whatsapp = WhatsApp
email = Correo
address = Dirección
areas = Zonas atendidas
hours = Horario
years = En actividad
    .value = { $years ->
        [one] desde hace un año
       *[other] desde hace { $years } años
    }

quote = { $country ->
    [AR] presupuesto
    [ES] presupuesto
    [UY] presupuesto
   *[other] cotización
}
    .one = { $country ->
        [AR] un presupuesto
        [ES] un presupuesto
        [UY] un presupuesto
       *[other] una cotización
    }
