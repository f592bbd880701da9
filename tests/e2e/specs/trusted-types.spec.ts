// The default Trusted Types policy lets static markup through and stops whatever could run
// (design §6). The sign-in page is drawn from nested static markup, so it proves both.
import { expect, test } from '../fixtures.ts';
import { heading } from '../support/console.ts';

const BAD: [what: string, markup: string][] = [
  ['a script', '<script>1</script>'],
  ['a script in capitals', '<SCRIPT SRC=//evil.example>'],
  ['a handler', '<img src=x onerror=alert(1)>'],
  ['a handler after a slash', '<img/onerror=alert(1) src=x>'],
  ['a handler on a new line', '<svg\nonload\n=\nalert(1)>'],
  ['a frame', '<iframe srcdoc="x"></iframe>'],
  ['an object', '<object data="x"></object>'],
  ['an embed', '<embed src=x>'],
  ['a link', '<link rel=stylesheet href=//evil.example>'],
  ['a style', '<style>*{}</style>'],
  ['a base', '<base href=//evil.example>'],
  ['a meta', '<meta http-equiv=refresh content=0>'],
  ['an address that runs', '<a href="javascript:alert(1)">x</a>'],
  ['an address that runs, in letters by number', '<a href="&#106;avascript&colon;alert(1)">x</a>'],
  ['an address that runs, with a tab in it', '<a href="java\tscript:alert(1)">x</a>'],
  ['an animation that sets an address', '<svg><a><animate attributeName=href values=x /></a></svg>'],
];

const GOOD = [
  '<div class="a"><svg viewBox="0 0 1 1"><g fill="none"><path d="M0 0h1"></path><text>on = off</text></g></svg></div>',
  '<ul><li>one</li><li><strong>two</strong></li></ul>',
  '<span title="javascript is a language">x</span>',
  '<!>',
];

test('the sign-in page with its nested static markup was drawn under the policy', async ({ page }) => {
  const answer = await page.goto('/login');
  const policy = answer!.headers()['content-security-policy'];
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).toContain('trusted-types default');
  expect(policy).not.toContain('unsafe-inline');
  await expect(heading(page, 'Sign in')).toBeVisible();
  // The map beside it: markup nested four deep, with text in it.
  await expect(page.locator('svg.p-map')).toBeVisible();
  await expect(page.locator('svg.p-map > g > path').first()).toBeAttached();
  await expect(page.locator('svg.p-map text').filter({ hasText: 'acme' })).toBeVisible();
  const policies = await page.evaluate(() => {
    const factory = (globalThis as any).trustedTypes;
    return { isThere: factory.defaultPolicy !== null, name: factory.defaultPolicy?.name };
  });
  expect(policies).toEqual({ isThere: true, name: 'default' });
});

test('markup that could run throws, by every door', async ({ page }) => {
  await page.goto('/login');
  await expect(heading(page, 'Sign in')).toBeVisible();
  for (const [what, markup] of BAD) {
    const outcome = await page.evaluate((markup) => {
      const attempt = (act: () => void) => {
        try {
          act();
          return 'passed';
        } catch (error) {
          return (error as Error).name;
        }
      };
      const template = document.createElement('template');
      const box = document.body.appendChild(document.createElement('div'));
      return [
        attempt(() => (template.innerHTML = markup)),
        attempt(() => (box.innerHTML = markup)),
        attempt(() => (box.outerHTML = markup)),
        attempt(() => box.insertAdjacentHTML('beforeend', markup)),
        attempt(() => void new DOMParser().parseFromString(markup, 'text/html')),
        attempt(() => void document.createRange().createContextualFragment(markup)),
      ];
    }, markup);
    expect(outcome, what).toEqual(Array(6).fill('TypeError'));
  }
});

test('no string becomes a script or its address', async ({ page }) => {
  await page.goto('/login');
  await expect(heading(page, 'Sign in')).toBeVisible();
  const outcome = await page.evaluate(() => {
    const attempt = (act: () => void) => {
      try {
        act();
        return 'passed';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const script = document.createElement('script');
    return [
      attempt(() => (script.text = 'globalThis.ran = 1')),
      attempt(() => (script.src = '/boot.js')),
      attempt(() => script.setAttribute('src', '/boot.js')),
      attempt(() => void new Worker('/boot.js')),
      attempt(() => void setTimeout('globalThis.ran = 1', 0)),
    ];
  });
  expect(outcome).toEqual(Array(5).fill('TypeError'));
  expect(await page.evaluate(() => (globalThis as any).ran)).toBeUndefined();
});

test('a second policy cannot be made', async ({ page, announced }) => {
  announced.message(/Creating a TrustedTypePolicy named 'default' violates|trusted-types-policy default/);
  await page.goto('/login');
  await expect(heading(page, 'Sign in')).toBeVisible();
  const outcome = await page.evaluate(() => {
    try {
      (globalThis as any).trustedTypes.createPolicy('default', { createHTML: (text: string) => text });
      return 'passed';
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(outcome).toBe('TypeError');
});

test('static markup passes unchanged', async ({ page }) => {
  await page.goto('/login');
  await expect(heading(page, 'Sign in')).toBeVisible();
  for (const markup of GOOD) {
    const made = await page.evaluate((markup) => {
      const template = document.createElement('template');
      template.innerHTML = markup;
      return template.content.childNodes.length;
    }, markup);
    expect(made, markup).toBeGreaterThan(0);
  }
});
