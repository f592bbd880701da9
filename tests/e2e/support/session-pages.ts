// Sessions: the browsers of one's account, and a sign-in in the middle of work.
import { expect, type Page } from '@playwright/test';
import { heading } from './console.ts';
import type { PageToSee } from './pages.ts';
import { OWNER, STRANGER } from './people.ts';
import { AGAIN, STEP_UP, wanted } from './second-tab.ts';

const session = (at: number, browser: string, address: string, current: boolean) => ({
  id: `${at}`.repeat(40),
  browser,
  address,
  providerName: 'Google',
  current,
  createTime: '2026-11-18T08:00:00Z',
  lastSeenTime: '2026-11-21T19:30:00Z',
  expireTime: '2026-11-25T08:00:00Z',
});

async function asksAgain(page: Page): Promise<void> {
  await page.route('**/auth/sessions/*', (route) => route.fulfill(STEP_UP));
}

async function openSessions(page: Page): Promise<void> {
  await page.route('**/auth/sessions', (route) =>
    route.fulfill({
      json: {
        sessions: [
          session(1, 'Firefox on Linux', '203.0.113.9', true),
          session(2, 'Safari on iPhone', '2001:db8:12:3400::/64', false),
          session(3, '', '198.51.100.7', false),
        ],
      },
    }),
  );
  await page.goto('/me');
  await expect(page.getByRole('button', { name: 'Sign out Safari on iPhone' })).toBeVisible();
}

export const SESSION_PAGES: PageToSee[] = [
  { name: 'me-browsers', person: OWNER, open: openSessions },
  {
    name: 'step-up',
    person: OWNER,
    statuses: [403],
    async open(page) {
      await openSessions(page);
      await asksAgain(page);
      await page.getByRole('button', { name: 'Sign out Safari on iPhone' }).click();
      await expect(wanted(page, AGAIN)).toBeVisible();
    },
  },
  {
    name: 'second-tab-again',
    person: OWNER,
    async open(page) {
      await page.goto('/login?then=close&prompt=login');
      await expect(heading(page, 'Sign in again')).toBeVisible();
    },
  },
  {
    name: 'second-tab-done',
    person: OWNER,
    async open(page) {
      await page.goto('/login?then=close');
      await expect(heading(page, 'You are signed in')).toBeVisible();
    },
  },
  {
    name: 'stranger-before',
    person: STRANGER,
    async open(page) {
      await page.evaluate(() => localStorage.setItem('bailiwick.provider-before', 'google'));
      await page.route('**/auth/providers', (route) =>
        route.fulfill({ json: { providers: [{ id: 'google', name: 'Google', host: 'accounts.google.com', development: false }] } }),
      );
      await page.goto('/');
      await expect(page.getByRole('button', { name: 'Sign in with Google' })).toBeVisible();
    },
  },
];
