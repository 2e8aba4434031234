// What every embed does, with or without an interactive chart: follow light and dark, and tell its parent its height.
(() => {
  const root = document.documentElement;
  const slug = document.body.dataset.slug;

  // Light or dark as the reader's system says, unless the address ends in ?theme=light or ?theme=dark.
  const asked = new URLSearchParams(location.search).get("theme");
  if (asked === "light" || asked === "dark") root.dataset.theme = asked;

  let told = 0;
  const tell = (again) => {
    const height = Math.ceil(root.getBoundingClientRect().height);
    if (parent === window || height < 1 || (height === told && again !== true)) return;
    told = height;
    // The second name is Datawrapper's: a site that has their script in its pages needs no other.
    parent.postMessage({ "kit-height": { [slug]: height }, "datawrapper-height": { [slug]: height } }, "*");
  };
  new ResizeObserver(tell).observe(root);
  addEventListener("load", () => tell(true));
  // A parent whose script came late may ask.
  addEventListener("message", (event) => {
    if (event.source === parent && event.data === "kit-height?") tell(true);
  });
})();
