// A button adds an empty row to its list, as Django's formsets count them.
"use strict";

for (const button of document.querySelectorAll("button[data-adds]")) {
    const list = document.getElementById(button.dataset.adds);
    const total = list.querySelector(`[name="${button.dataset.adds}-TOTAL_FORMS"]`);
    const template = list.querySelector("template");
    button.hidden = false;
    button.addEventListener("click", (pressed) => {
        pressed.preventDefault();
        const holder = document.createElement("div");
        holder.innerHTML = template.innerHTML.replaceAll("__prefix__", total.value);
        const row = holder.firstElementChild;
        list.querySelector(".list-rows").append(row);
        total.value = Number(total.value) + 1;
        row.querySelector("input, textarea").focus();
    });
}
