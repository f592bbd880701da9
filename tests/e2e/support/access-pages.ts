// The pages and states of access: the tab, its form, the review and the why.
import { expect, type Page } from '@playwright/test';
import { accessRow, addButton, answerBindings, answerExplain, answerPreview, chooseFor, goToAccess, openAccess, reviewDialog } from './access.ts';
import { main } from './console.ts';
import { holdsNothing } from './invites.ts';
import type { PageToSee } from './pages.ts';
import { OWNER, VIEWER } from './people.ts';

const CONTRACTOR = 'contractor@example.com';

async function openList(page: Page): Promise<void> {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Organizations', level: 1 })).toBeVisible();
  await answerBindings(page);
  await openAccess(page);
  await expect(accessRow(page, CONTRACTOR)).toBeVisible();
}

async function openReview(page: Page, change: object = {}): Promise<void> {
  await openList(page);
  await answerPreview(page, change);
  await chooseFor(page, CONTRACTOR, 'Remove');
  await expect(reviewDialog(page).getByRole('button', { name: 'Save 1 change' })).toBeVisible();
}

async function openWhy(page: Page, may: boolean, capability = ''): Promise<void> {
  await openList(page);
  await answerExplain(page, may);
  await accessRow(page, CONTRACTOR).getByRole('button', { name: /^Why / }).click();
  const why = page.getByRole('dialog', { name: 'Access to dev' });
  await expect(why.getByRole('searchbox')).toBeVisible();
  if (capability) {
    await why.getByRole('button', { name: new RegExp(`^${capability}`) }).click();
    await expect(why.getByRole('heading', { name: /^(Yes|No)\. / })).toBeVisible();
  }
}

export const ACCESS_PAGES: PageToSee[] = [
  { name: 'access', person: OWNER, open: openList },
  {
    name: 'access-viewer',
    person: VIEWER,
    async open(page) {
      await openList(page);
      await expect(addButton(page)).toHaveAttribute('aria-disabled', 'true');
    },
  },
  {
    name: 'access-forbidden',
    person: OWNER,
    async open(page) {
      await holdsNothing(page);
      await goToAccess(page);
      await expect(main(page).getByRole('heading', { name: 'You may not see who has access to dev' })).toBeVisible();
    },
  },
  {
    name: 'access-no-match',
    person: OWNER,
    async open(page) {
      await openList(page);
      await page.getByRole('searchbox', { name: 'Find a person or role' }).fill('nobody');
      await expect(main(page).getByRole('button', { name: 'Show all' })).toBeVisible();
    },
  },
  {
    name: 'access-failed',
    person: OWNER,
    statuses: [503],
    async open(page) {
      await page.route((url) => url.pathname === '/iam/v2/roleBindings', (route) => route.fulfill({ status: 503, body: 'busy' }));
      await goToAccess(page);
      await expect(main(page).getByRole('button', { name: 'Try again' })).toBeVisible();
    },
  },
  {
    name: 'access-by-role-chosen',
    person: OWNER,
    async open(page) {
      await openList(page);
      await main(page).getByRole('link', { name: 'By role' }).click();
      await main(page).getByRole('checkbox', { name: 'Choose all' }).check();
      await expect(page.getByRole('region', { name: 'Chosen rows' })).toBeVisible();
    },
  },
  {
    name: 'access-form',
    person: OWNER,
    async open(page) {
      await openList(page);
      await addButton(page).click();
      await page.getByRole('combobox', { name: 'Find a person' }).fill('nobody@example.com');
      await expect(page.getByRole('option', { name: 'Invite nobody@example.com' })).toBeVisible();
    },
  },
  {
    name: 'access-edit',
    person: OWNER,
    async open(page) {
      await openList(page);
      await chooseFor(page, CONTRACTOR, 'Change role or end');
      await page.getByRole('dialog').getByText('On a day').click();
      await expect(page.getByLabel('Until the end of')).toBeVisible();
    },
  },
  { name: 'review', person: OWNER, open: (page) => openReview(page) },
  {
    name: 'review-refused',
    person: OWNER,
    async open(page) {
      const message = 'You are the last owner of example. Make someone else owner first, without an end.';
      await openReview(page, { gainCount: 0, loseCount: 0, people: [], refusals: [{ index: 0, reason: 'LAST_OWNER', message }] });
      await expect(reviewDialog(page).getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'review-open',
    person: OWNER,
    async open(page) {
      await openReview(page);
      await reviewDialog(page).getByRole('group').filter({ hasText: CONTRACTOR }).getByText(CONTRACTOR).click();
      await expect(reviewDialog(page).getByText('groups.list').first()).toBeVisible();
    },
  },
  { name: 'why', person: OWNER, open: (page) => openWhy(page, true) },
  { name: 'why-yes', person: OWNER, open: (page) => openWhy(page, true, 'groups.list') },
  { name: 'why-no', person: OWNER, open: (page) => openWhy(page, false, 'groups.list') },
];
