"use strict";
// Light or dark: the system's choice unless the reader makes one, which is kept where the browser allows it.
(() => {
  const choice = document.getElementById("theme");
  const apply = (value) => {
    if (value) document.documentElement.dataset.theme = value;
    else delete document.documentElement.dataset.theme;
  };
  const kept = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("crosswarp-theme") || "";
      localStorage.setItem("crosswarp-theme", value);
    } catch {
      // Pages of files may have no storage.
    }
    return "";
  };
  choice.value = kept();
  if (choice.selectedIndex < 0) choice.value = "";
  apply(choice.value);
  choice.addEventListener("change", () => {
    apply(choice.value);
    kept(choice.value);
  });
})();
