/** Questions that the tests ask the page from the inside. The browser loads this file, so it is plain JavaScript. */
globalThis.inPage = {
  /** Waits until the page has kept its height for a while: parts of it are drawn one after another. */
  async settled() {
    for (let height = 0, same = 0; same < 20; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = document.documentElement.scrollHeight;
      same = now === height ? same + 1 : 0;
      height = now;
    }
  },

  /** Elements that reach outside the window, or whose text is cut off by their own box. */
  cutOff() {
    const name = (element) => `${element.tagName}: ${element.textContent.trim().slice(0, 60)}`;
    return [...document.querySelectorAll("main *")]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.textContent.trim() !== "")
      .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const clips = getComputedStyle(element).overflow !== "visible";
        const larger = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
        return left < -1 || right > innerWidth + 1 || (clips && larger);
      })
      .map(name);
  },

  /** Pairs of texts that lie over each other. */
  overlapping() {
    const boxes = [...visibleTexts()].flatMap(({ node, text }) => {
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].map((box) => ({ box, text }));
    });
    const over = (a, b) =>
      Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
      Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
    return boxes.flatMap(({ box, text }, at) =>
      boxes
        .slice(at + 1)
        .filter((other) => over(box, other.box))
        .map((other) => `${text} / ${other.text}`),
    );
  },

  /** Texts under a contrast of 4.5 to 1 with their ground (WCAG 2, level AA). */
  faint() {
    return [...visibleTexts()]
      .filter(({ text }) => /\w/.test(text))
      .map(({ node, text }) => {
        const ground = groundOf(node.parentElement);
        const ink = blend(rgba(getComputedStyle(node.parentElement).color), ground);
        const [light, dark] = [luminance(ink), luminance(ground)].sort((a, b) => b - a);
        return { text, ratio: (light + 0.05) / (dark + 0.05) };
      })
      .filter(({ ratio }) => ratio < 4.5)
      .map(({ text, ratio }) => `${ratio.toFixed(2)} ${text}`);
  },

  /** The element with the focus, and whether a reader can see the focus; undefined when no element has it. */
  focus() {
    const { activeElement } = document;
    if (activeElement === document.body) return undefined;
    const { outlineStyle, outlineWidth } = getComputedStyle(activeElement);
    const label = activeElement.ariaLabel ?? activeElement.placeholder ?? activeElement.textContent;
    return { text: label.trim().slice(0, 80), visible: outlineStyle !== "none" && outlineWidth !== "0px" };
  },
};

function* visibleTexts() {
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const text = node.textContent.trim();
    if (text && node.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true })) {
      yield { node, text };
    }
  }
}

const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });

function rgba(color) {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data];
}

function blend(over, under) {
  const alpha = over[3] / 255;
  return [0, 1, 2].map((at) => over[at] * alpha + under[at] * (1 - alpha));
}

function groundOf(element) {
  const layers = [];
  for (let at = element; at; at = at.parentElement) layers.unshift(rgba(getComputedStyle(at).backgroundColor));
  return layers.reduce((under, over) => blend(over, under), [255, 255, 255]);
}

function luminance(color) {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
