// Who has access to a group: the list, and the form that changes it. What the changes come to is in
// review.spec.ts.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import {
  accessRow as row, addButton, answerBindings, answerExplain, answerPreview, answerTwoPages, chooseFor, goToAccess, openAccess, reviewDialog,
} from '../support/access.ts';
import { main } from '../support/console.ts';
import { holdsNothing } from '../support/invites.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

const [CONTRACTOR, EDITING, AUDITOR, SECOND] = ['contractor@example.com', 'editor@example.com', 'auditor@example.com', 'second-owner@example.com'];
const BINDINGS = (url: URL) => url.pathname === '/iam/v2/roleBindings';

const link = (page: Page, name: string) => main(page).getByRole('link', { name, exact: true });

async function start(page: Page, person = OWNER): Promise<void> {
  await signIn(page, person);
  await answerBindings(page);
}

test('each binding says who, which role, from where and until when', async ({ page }) => {
  await start(page);
  await openAccess(page);
  await expect(row(page, CONTRACTOR)).toContainText('editor');
  await expect(row(page, CONTRACTOR)).toContainText('here');
  await expect(row(page, CONTRACTOR).getByText('in 3 days').last()).toHaveAttribute('title', /\d{4}/);
  await expect(row(page, EDITING)).toContainText('never');
  await expect(row(page, AUDITOR).getByRole('link', { name: 'example' }).last()).toHaveAttribute('href', /\/access$/);
  await expect(main(page).getByRole('rowheader', { name: 'On this folder 3' })).toBeVisible();
  await expect(main(page).getByRole('rowheader', { name: 'Inherited from above 3' })).toBeVisible();
  await expect(main(page).locator('code').last()).toHaveText('bailiwick iam role-bindings list --parent example/dev');
});

test('what shows, its order and the search are in the address', async ({ page }) => {
  await start(page);
  await openAccess(page);
  await link(page, 'Here').click();
  await expect(page).toHaveURL(/\?show=here$/);
  await expect(row(page, AUDITOR)).toHaveCount(0);
  await link(page, 'Inherited').click();
  await expect(row(page, CONTRACTOR)).toHaveCount(0);
  await expect(row(page, AUDITOR)).toBeVisible();
  await page.reload();
  await expect(link(page, 'Inherited')).toHaveAttribute('aria-current', 'true');
  await expect(row(page, CONTRACTOR)).toHaveCount(0);
  const asked = page.waitForRequest((request) => request.url().includes('orderBy=role'));
  await link(page, 'By role').click();
  await asked;
  await expect(page).toHaveURL(/show=inherited&by=role$/);
  await link(page, 'Ending soon').click();
  await expect(row(page, SECOND)).toHaveCount(0);
  await expect(row(page, AUDITOR)).toBeVisible();
  await page.goBack();
  await expect(row(page, SECOND)).toBeVisible();
});

test('a search narrows both parts, and says when there is none', async ({ page }) => {
  await start(page);
  await openAccess(page);
  const field = page.getByRole('searchbox', { name: 'Find a person or role' });
  await field.fill('contractor');
  await expect(row(page, SECOND)).toHaveCount(0);
  await expect(row(page, CONTRACTOR)).toBeVisible();
  await expect(page).toHaveURL(/find=contractor/);
  await field.fill('nobody');
  await expect(main(page)).toContainText('Nobody here has nobody in their name, address or role.');
  await main(page).getByRole('button', { name: 'Show all' }).click();
  await expect(row(page, SECOND)).toBeVisible();
  await expect(page).not.toHaveURL(/find=/);
});

test('more of a long list comes when asked for', async ({ page }) => {
  await start(page);
  await answerTwoPages(page);
  await openAccess(page);
  await expect(main(page)).toContainText('1 of 2');
  await main(page).getByRole('button', { name: 'Show more' }).click();
  await expect(row(page, 'second@example.com')).toBeVisible();
  await expect(row(page, 'first@example.com')).toBeVisible();
  await expect(main(page).getByRole('button', { name: 'Show more' })).toHaveCount(0);
});

test('a list that does not arrive says so, and is asked for again', async ({ page, announced }) => {
  announced.status(503);
  await start(page);
  await page.route(BINDINGS, (route) => route.fulfill({ status: 503, body: 'busy' }), { times: 2 });
  await goToAccess(page);
  await expect(main(page).getByRole('heading', { name: 'Who has access did not arrive' })).toBeVisible();
  while (await main(page).getByRole('button', { name: 'Try again' }).isVisible()) {
    await main(page).getByRole('button', { name: 'Try again' }).click();
    await expect(main(page).getByText('Loading who has access')).toHaveCount(0);
  }
  await expect(row(page, CONTRACTOR)).toBeVisible();
});

test('who may not see it reads why', async ({ page }) => {
  await signIn(page, OWNER);
  await holdsNothing(page);
  await goToAccess(page);
  await expect(main(page).getByRole('heading', { name: 'You may not see who has access to dev' })).toBeVisible();
  await expect(main(page)).toContainText('role_bindings.list');
});

test('a viewer sees everyone, cannot change anything, and reads why and who could', async ({ page }) => {
  await start(page, VIEWER);
  await answerExplain(page, false, { remedy: { kind: 'BIND', role: { uid: 'c'.repeat(40), name: 'owner' }, gained: 3, byYou: false, by: [], byRoles: [{ uid: 'f'.repeat(40), name: 'owner' }] } });
  await openAccess(page);
  await expect(addButton(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(addButton(page)).toHaveAccessibleDescription(/takes role_bindings\.create/);
  await expect(main(page).getByRole('checkbox')).toHaveCount(0);
  await row(page, CONTRACTOR).getByRole('button', { name: /^More for / }).click();
  await expect(page.getByRole('menuitem', { name: 'Remove' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await main(page).getByRole('button', { name: 'Who could?' }).click();
  const why = page.getByRole('dialog', { name: 'Access to dev' });
  await expect(why).toContainText(`No. ${VIEWER} may not role_bindings.create in dev.`);
  await expect(why).toContainText('You cannot do that. Whoever is owner here can.');
  await expect(why.getByRole('button', { name: 'Review this change' })).toHaveCount(0);
});

test('someone who is known is found and given a role until some time', async ({ page, newBrowser }) => {
  const other = await (await newBrowser()).newPage();
  await signIn(other, VIEWER);
  await start(page);
  await answerPreview(page);
  await openAccess(page);
  await addButton(page).click();
  const form = page.getByRole('dialog', { name: 'Add access to dev' });
  await expect(form).toContainText('Choose a person first');
  await form.getByRole('combobox', { name: 'Find a person' }).fill('viewer@');
  await form.getByRole('option', { name: VIEWER }).click();
  await form.getByLabel('Role').selectOption('editor');
  await expect(form).toContainText('Change repositories and subscriptions');
  await form.getByText('30 days').click();
  await form.getByRole('button', { name: 'Review' }).click();
  await expect(reviewDialog(page)).toContainText(/viewer@example.com: editor, until \d{4}-/);
  await expect(reviewDialog(page).locator('code').last()).toHaveText(
    /^bailiwick iam role-bindings create --parent example\/dev --identity viewer@example\.com --role editor --expires \S+Z$/,
  );
  await reviewDialog(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(form.getByLabel('Role')).toHaveValue(/./);
  await expect(form.getByText(VIEWER)).toBeVisible();
});

test('an id is taken as it is pasted', async ({ page }) => {
  await start(page);
  await openAccess(page);
  await addButton(page).click();
  const form = page.getByRole('dialog', { name: 'Add access to dev' });
  const id = 'ab'.repeat(20);
  await form.getByRole('combobox', { name: 'Find a person' }).fill(id);
  await expect(form.getByRole('option', { name: id })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(form.getByRole('button', { name: 'Choose another' })).toBeVisible();
});

test('who is not known is invited', async ({ page }) => {
  await start(page);
  await openAccess(page);
  await addButton(page).click();
  await page.getByRole('combobox', { name: 'Find a person' }).fill('new-hire@example.com');
  await page.getByRole('option', { name: 'Invite new-hire@example.com' }).click();
  const invite = page.getByRole('dialog', { name: 'Invite people to dev' });
  await expect(invite).toContainText('new-hire@example.com');
  await expect(invite.getByRole('button', { name: 'Create invite' })).not.toHaveAttribute('aria-disabled');
  await expect(page).toHaveURL(/\/invites$/);
});

test('a binding is changed by its menu, with the keyboard alone', async ({ page }) => {
  await start(page);
  await answerPreview(page);
  await openAccess(page);
  const more = row(page, EDITING).getByRole('button', { name: /^More for / });
  await more.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Change role or end' })).toBeFocused();
  await page.keyboard.press('Enter');
  const form = page.getByRole('dialog', { name: `Change the access of ${EDITING}` });
  await expect(form.getByRole('button', { name: 'Review' })).toHaveAttribute('aria-disabled', 'true');
  await expect(form).toContainText('Nothing is changed yet');
  await form.getByLabel('7 days', { exact: true }).focus();
  await page.keyboard.press('Space');
  await form.getByRole('button', { name: 'Review' }).focus();
  await page.keyboard.press('Enter');
  await expect(reviewDialog(page)).toContainText(/editor@example.com: editor.*, until/);
  await expect(reviewDialog(page).getByRole('button', { name: 'Cancel' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(form).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(more).toBeFocused();
});

test('an end on a day must be to come', async ({ page }) => {
  await start(page);
  await openAccess(page);
  await chooseFor(page, EDITING, 'Change role or end');
  const form = page.getByRole('dialog', { name: `Change the access of ${EDITING}` });
  await form.getByText('On a day').click();
  await expect(form).toContainText('Choose a day first');
  await form.getByLabel('Until the end of').fill('2020-02-29');
  await expect(form).toContainText('That day is over');
  await form.getByLabel('Until the end of').fill('2099-02-28');
  await expect(form.getByRole('button', { name: 'Review' })).not.toHaveAttribute('aria-disabled');
});

test('several are changed or removed at once', async ({ page }) => {
  await start(page);
  await answerPreview(page);
  await openAccess(page);
  for (const person of [CONTRACTOR, SECOND]) {
    await main(page).getByRole('checkbox', { name: `Choose ${person}` }).check();
  }
  const bar = page.getByRole('region', { name: 'Chosen rows' });
  await expect(bar).toContainText('2 chosen');
  await bar.getByRole('button', { name: 'Change role or end' }).click();
  const form = page.getByRole('dialog', { name: 'Change 2 bindings' });
  await form.getByLabel('Role').selectOption('viewer');
  await form.getByRole('button', { name: 'Review' }).click();
  const review = reviewDialog(page);
  await expect(review).toContainText(`${CONTRACTOR}: editor to viewer`);
  await expect(review).toContainText(`${SECOND}: owner to viewer`);
  await expect(review.getByRole('button', { name: 'Save 2 changes' })).toBeVisible();
  await review.getByRole('button', { name: 'Cancel' }).click();
  await form.getByRole('button', { name: 'Cancel' }).click();
  await bar.getByRole('button', { name: 'Remove' }).click();
  await expect(review).toContainText(`${SECOND}: owner no longer`);
});
