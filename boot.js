// Starts the console. A plain script in the head: it runs before anything is painted
// and before any other code of the page.
(() => {
  'use strict';

  // The address of the console's code stands on this script's own tag.
  const { js, wasm } = document.currentScript.dataset;

  chooseTheme();
  guardMarkup();
  const ready = new Promise((resolve) => {
    document.addEventListener('DOMContentLoaded', resolve, { once: true });
  });
  ready.then(() => show('[data-boot="loading"]'));
  start().catch(async (error) => {
    console.error('Bailiwick could not load:', error);
    await ready;
    document.querySelector('#boot')?.remove();
    show('#boot-failed');
    document
      .querySelector('[data-boot="reload"]')
      ?.addEventListener('click', () => location.reload());
  });

  async function start() {
    const module = await import(js);
    // The console mounts into the body, which must be there.
    await ready;
    await module.default({ module_or_path: wasm });
  }

  function show(selector) {
    document.querySelector(selector)?.removeAttribute('hidden');
  }

  // A theme that the person chose here wins over the system's.
  function chooseTheme() {
    let theme = null;
    try {
      theme = localStorage.getItem('bailiwick.theme');
    } catch {
      // Storage may be switched off; then the system's theme holds.
    }
    if (theme === 'light' || theme === 'dark') {
      document.documentElement.dataset.theme = theme;
    }
  }

  // Leptos builds static markup through a template's innerHTML. The server's policy
  // lets no string become markup unless the rules below have seen it.
  function guardMarkup() {
    const refuse = (what) => {
      throw new TypeError(`Bailiwick's Trusted Types policy refuses ${what}`);
    };
    globalThis.trustedTypes?.createPolicy('default', {
      createHTML(markup) {
        const found = danger(markup);
        return found === null ? markup : refuse(found);
      },
      createScript: () => refuse('a script'),
      createScriptURL: () => refuse("a script's address"),
    });
  }

  // Names what makes markup dangerous, or gives null. It does not parse: it looks at
  // the whole string, so that no trick of quotes or comments hides anything from it.
  // It may refuse harmless text (" once = "); static markup of ours holds none.
  function danger(markup) {
    const text = markup.toLowerCase();
    const element = text.match(
      /<(?:script|iframe|frame|frameset|object|embed|applet|link|style|base|meta|animate|set)(?![a-z0-9-])/,
    );
    if (element) {
      return `${element[0]}>`;
    }
    // An attribute starts after a space, a slash or the quote that ends another one.
    const handler = text.match(/[\s/"']on[a-z]+\s*=/);
    if (handler) {
      return `the attribute${handler[0]}`;
    }
    // In an address browsers skip spaces and control characters, and a letter can be
    // written as its number.
    const plain = text
      .replace(/&#x0*([0-9a-f]{1,6});?/g, (_, digits) => letter(parseInt(digits, 16)))
      .replace(/&#0*([0-9]{1,7});?/g, (_, digits) => letter(parseInt(digits, 10)))
      .replace(/&colon;/g, ':')
      .replace(/&(?:tab|newline);/g, '')
      .replace(/[\u0000-\u0020]/g, '')
      .toLowerCase();
    return plain.includes('javascript:') ? 'javascript:' : null;
  }

  function letter(code) {
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  }
})();
