// Review before save: what a change would do, what stands in its way, and what comes of saving it.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { accessRow as row, answerBindings, answerOutdated, answerPreview, chooseFor, identityOf, openAccess, reviewDialog } from '../support/access.ts';
import { ask, bind } from '../support/api.ts';
import { main } from '../support/console.ts';
import { uidOf } from '../support/invites.ts';
import { EDITOR, OWNER, signIn, VIEWER } from '../support/people.ts';


test.beforeEach(async ({ context }) => {
  await context.route((url) => url.pathname === '/iam/v2/roleBindings', async (route) => {
    const url = new URL(route.request().url());
    url.searchParams.delete('orderBy');
    if (url.searchParams.has('reaching')) { return route.fulfill({ json: { roleBindings: [], skipped: 0 } }); }
    url.searchParams.delete('inherited');
    return route.fulfill({ response: await route.fetch({ url: url.href }) });
  });
});
const CONTRACTOR = 'contractor@example.com';
const PREVIEW = '**/iam/v2/access:preview';
const APPLY = '**/iam/v2/access:apply';

/** Opens the review of a removal, with what the server answers of it. */
async function openReview(page: Page, change: object = {}): Promise<Locator> {
  await signIn(page, OWNER);
  await answerBindings(page);
  await answerPreview(page, change);
  await openAccess(page);
  await chooseFor(page, CONTRACTOR, 'Remove');
  const review = reviewDialog(page);
  await expect(review.getByText('Nothing is saved yet.')).toBeVisible();
  return review;
}

const save = (review: Locator) => review.getByRole('button', { name: /^Save \d+ changes?$/ });

test('the last owner stays, and reads why', async ({ page, announced }) => {
  announced.status(400);
  await signIn(page, OWNER);
  await openAccess(page, 'example');
  await chooseFor(page, OWNER, 'Change role or end');
  const form = page.getByRole('dialog', { name: `Change the access of ${OWNER}` });
  await form.getByLabel('Role').selectOption('viewer');
  await form.getByRole('button', { name: 'Review' }).click();
  const review = reviewDialog(page);
  await expect(review.getByRole('alert')).toContainText(/owner/);
  await expect(save(review)).toHaveAttribute('aria-disabled', 'true');
});

test("an owner changes someone's role at the root, sees who gains, and their browser obeys at once", async ({ page, newBrowser, announced }) => {
  announced.status(403);
  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await signIn(page, OWNER);
  await openAccess(page, 'example');
  await chooseFor(page, VIEWER, 'Change role or end');
  const form = page.getByRole('dialog', { name: `Change the access of ${VIEWER}` });
  await form.getByLabel('Role').selectOption('owner');
  await form.getByRole('button', { name: 'Review' }).click();
  const review = reviewDialog(page);
  await expect(review).toContainText(`${VIEWER} becomes owner.`);
  await expect(review.getByRole('listitem').filter({ hasText: /^1gains capabilities$/ })).toBeVisible();
  await save(review).click();
  await expect(review).toBeHidden();
  await expect(row(page, VIEWER)).toContainText('owner');
  const root = await uidOf(other, 'example');
  await ask(other, 'POST', `/iam/v2/groups/${root}`, { name: 'made-by-the-new-owner' });
  await chooseFor(page, VIEWER, 'Remove');
  await expect(reviewDialog(page)).toContainText(`${VIEWER} is owner no longer.`);
  await save(reviewDialog(page)).click();
  await expect(row(page, VIEWER)).toHaveCount(0);
  await expect(ask(other, 'POST', `/iam/v2/groups/${root}`, { name: 'too-late' })).rejects.toThrow(/40[34]/);
});

test('of two tabs, the one that comes second sees first what the other did', async ({ page, newBrowser, announced, context }) => {
  announced.status(409);
  const other = await (await newBrowser()).newPage();
  await signIn(other, EDITOR);
  await signIn(page, OWNER);
  await bind(page, other, 'viewer', await uidOf(page, 'dev'));
  await openAccess(page, 'dev', '?show=here');
  await chooseFor(page, EDITOR, 'Remove');
  const review = reviewDialog(page);
  await expect(save(review)).not.toHaveAttribute('aria-disabled');
  const second = await context.newPage();
  await second.goto('/');
  await expect(second.getByRole('heading', { name: 'Organizations' })).toBeVisible();
  const { roles } = await ask<{ roles: { uid: string }[] }>(second, 'GET', '/iam/v2/roles?name=viewer');
  const staging = await uidOf(second, 'staging');
  await ask(second, 'POST', `/iam/v2/roleBindings/${staging}`, { identityUid: await identityOf(other), roleUid: roles[0]!.uid });
  await save(review).click();
  await expect(review).toContainText('Somebody changed access here meanwhile, so nothing was saved.');
  await save(review).click();
  await expect(review).toBeHidden();
  await expect(row(page, EDITOR)).toHaveCount(0);
});
