// Copies a figure's code or words with one click, with the address that its files will have.
(() => {
  const base = document.getElementById("base");
  const said = document.getElementById("said");

  function addressed(text, folder) {
    const start = base.value.trim().replace(/\/*$/, "");
    if (!start) return text;
    return text.replace(/\b(src|href|srcset)="(?!data:|#|[a-z]+:)/g, (found) => `${found}${start}/${folder}/`);
  }

  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without the right to the clipboard, as in a page opened from a file: the old way.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
  }

  for (const button of document.querySelectorAll("button[data-copies]")) {
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copies).value;
      const folder = button.closest("article").id;
      await copied("plain" in button.dataset ? text : addressed(text, folder));
      said.textContent = `${button.textContent}: ${document.documentElement.dataset.copied}`;
      button.focus();
    });
  }
})();
