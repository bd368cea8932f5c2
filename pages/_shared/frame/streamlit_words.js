/* Says in the reader's language what Streamlit has in English only: whole texts and labels of its own controls, never what a page shows. */
const LABELS = ["aria-label", "title", "placeholder", "aria-roledescription"];
const OURS = '[data-testid="stMain"] [data-testid="stMarkdownContainer"], [data-testid="stSidebarNav"] li, [role="option"], table, svg, style, script, textarea';

export default function (component) {
  const { data } = component;
  const words = new Map(Object.entries(data.words));
  const patterns = data.patterns.map(([english, said]) => [new RegExp(english), said]);
  for (const [name, value] of [["language", data.locale], ["languages", [data.locale]]]) {
    Object.defineProperty(navigator, name, { get: () => value, configurable: true }); /* calendars and numbers follow it */
  }
  window[Symbol.for("react-aria.i18n.locale")] = data.locale;

  const said = (text) => {
    const bare = text.trim();
    if (bare.length < 2 || bare.length > 300) return null;
    const known = words.get(bare);
    if (known !== undefined) return text.replace(bare, () => known);
    for (const [english, saying] of patterns) if (english.test(bare)) return bare.replace(english, saying);
    return null;
  };
  const sayText = (node) => {
    const text = said(node.nodeValue ?? "");
    if (text !== null && text !== node.nodeValue) node.nodeValue = text;
  };
  const sayLabels = (element) => {
    for (const label of LABELS) {
      const now = element.getAttribute(label);
      const text = now ? said(now) : null;
      if (text !== null && text !== now) element.setAttribute(label, text);
    }
  };
  const look = (start) => {
    if (start.nodeType === Node.TEXT_NODE) {
      if (!start.parentElement?.closest(OURS)) sayText(start);
      return;
    }
    if (start.nodeType !== Node.ELEMENT_NODE || start.closest(OURS)) return;
    const walk = document.createTreeWalker(start, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.matches(OURS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = start; node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) sayText(node);
      else sayLabels(node);
    }
  };
  if (!words.size) return () => {};
  const watch = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(look);
      else if (change.type === "characterData") look(change.target);
      else if (!change.target.closest(OURS)) sayLabels(change.target);
    }
  });
  watch.observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: LABELS });
  look(document.body);
  return () => watch.disconnect();
}
