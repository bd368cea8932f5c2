// What a reader has before him without scrolling, and how much stands on the page.
window.measureScreen = () => {
  const main = document.querySelector('[data-testid="stMain"]');
  const answer = document.querySelector(".st-key-answer h2");
  const fold = window.innerHeight;

  const seen = new Set();
  const shown = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement.closest("svg text") ?? node.parentElement;
    if (seen.has(holder) || holder.closest(".st-key-answer, .st-key-frame_bar, style, script")) continue;
    seen.add(holder);
    const box = holder.getBoundingClientRect();
    if (box.width > 0 && box.height > 0 && box.top >= 0 && box.bottom <= fold) shown.push(holder.textContent);
  }

  return {
    height: main.scrollHeight,
    elements: document.querySelectorAll("*").length,
    tones: [...(answer?.querySelectorAll(".stMarkdownColoredText") ?? [])].map((part) => part.textContent),
    shown,
    heads: [...main.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((head) => head.offsetParent).map((head) => Number(head.tagName[1])),
    dead: [...document.querySelectorAll('[class*="st-key-card_missing_"], [data-testid="stAlertContentError"], [data-testid="stException"]')]
      .map((part) => part.textContent.slice(0, 100)),
    unnamed: [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].filter((chart) => !chart.getAttribute("aria-label")).length,
    language: document.documentElement.lang,
  };
};

// The buttons of the views of a page, and the one that is open.
window.viewButtons = () => {
  const group = [...document.querySelectorAll('[data-testid="stMain"] [class*="_view"]')].find((part) => /st-key-\w+_view(\s|$)/.test(part.className));
  return [...(group?.querySelectorAll('[data-testid="stButtonGroup"] button') ?? [])];
};

// What axe-core finds that is not the library's own: rule, where, the element. ``known`` are pairs of a rule and a selector.
window.barriers = async (place, rules, known) => {
  const found = await axe.run({ include: [place], exclude: [[".js-plotly-plot"]] }, {
    resultTypes: ["violations"], iframes: false, elementRef: true, ...(rules ? { runOnly: rules } : {}),
  });
  const barriers = [];
  const used = new Set();
  for (const { id, nodes } of found.violations) {
    for (const { element, html, any } of nodes) {
      const pair = known.find(([rule, selector]) => rule === id && element?.closest(selector));
      if (pair) used.add(pair.join(" "));
      else barriers.push(`${id}: ${html.slice(0, 120)} ${any[0]?.message ?? ""}`);
    }
  }
  return { barriers, used: [...used] };
};
