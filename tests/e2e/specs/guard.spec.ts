// The guard of all other tests sees what it is there to see.
import { expect, test } from '../fixtures.ts';
import { heading } from '../support/console.ts';
import { Announced, guard } from '../support/guard.ts';

const BAD: [what: string, act: () => unknown, seen: RegExp][] = [
  ['an error in the console', () => console.error('oh'), /^console: oh/],
  ['a warning in the console', () => console.warn('hm'), /^console: hm/],
  ['an uncaught error', () => void setTimeout(() => { throw new Error('thrown'); }), /^uncaught: .*thrown/],
  ['a promise that nobody caught', () => void Promise.reject(new Error('rejected')), /^uncaught: .*rejected/],
  ['a request to elsewhere', () => fetch('http://127.0.0.1:9/').catch(() => {}), /^(foreign request: GET|policy violation: connect-src)/],
  ['a breach of the policy', () => document.body.setAttribute('style', 'color: red'), /^policy violation: style-src-attr/],
  ['an answer that is an error', () => fetch('/nothing.js'), /^console: .*404/],
];

for (const [what, act, seen] of BAD) {
  test(`the guard sees ${what}`, async ({ browser, server }) => {
    const problems: string[] = [];
    const context = await browser.newContext();
    await guard(context, server.url, server.provider, new Announced(), problems);
    const page = await context.newPage();
    await page.goto(`${server.url}/login`);
    await expect(heading(page, 'Sign in')).toBeVisible();
    expect(problems).toEqual([]);
    await page.evaluate(act);
    await expect.poll(() => problems).toContainEqual(expect.stringMatching(seen));
    await context.close();
  });
}
