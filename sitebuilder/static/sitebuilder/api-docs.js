/* The page on which the API can be tried: from files of this installation, with the session's CSRF token. */
"use strict";

function cookie(name) {
  const found = document.cookie.split("; ").find((each) => each.startsWith(name + "="));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

function followScheme() {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const show = () => document.documentElement.classList.toggle("dark-mode", scheme.matches);
  scheme.addEventListener("change", show);
  show();
}

document.addEventListener("DOMContentLoaded", () => {
  followScheme();
  const place = document.getElementById("api");
  window.ui = SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    validatorUrl: null,
    requestInterceptor: (request) => {
      const isOurs = new URL(request.url, location.href).origin === location.origin;
      if (isOurs && request.method && request.method !== "GET") {
        request.headers["X-CSRFToken"] = cookie("csrftoken");
      }
      return request;
    },
  });
});
