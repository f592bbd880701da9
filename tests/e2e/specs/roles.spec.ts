// Roles: side by side, one by one, and the form that makes and changes them.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { ask } from '../support/api.ts';
import { heading, main } from '../support/console.ts';
import { roleOf, uidOf } from '../support/invites.ts';
import { makeRole, openPart, openRole, openRoles } from '../support/members.ts';
import { OWNER, signIn, VIEWER } from '../support/people.ts';

const matrix = (page: Page) => main(page).getByRole('table', { name: 'Roles and what they hold' });
const tick = (page: Page, name: string) => main(page).getByRole('checkbox', { name: new RegExp(`^${name.replaceAll('.', '\\.')}(?![._a-z])`) });
const changes = (page: Page) => main(page).getByRole('region', { name: 'Unsaved changes' });

/** Saves what waits in the review. */
async function save(page: Page): Promise<void> {
  const review = page.getByRole('dialog');
  await review.getByRole('button', { name: 'Save 1 change' }).click();
  await expect(review).toHaveCount(0);
}

test('the built-in roles stand side by side, with words for those who do not see letters', async ({ page }) => {
  await signIn(page, OWNER);
  await openRoles(page);
  await expect(matrix(page).getByRole('columnheader')).toHaveCount(5);
  const groups = matrix(page).getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'groups', exact: true }) });
  await expect(groups.getByRole('cell').filter({ hasText: 'create, update, list, delete' })).not.toHaveCount(0);
  await expect(matrix(page).getByRole('columnheader', { name: /^owner/ })).toContainText('built in');
  await expect(matrix(page).getByRole('columnheader', { name: /^gulfstream/ })).toContainText('reserved');
});

test('a role is found by its name, and the text stands in the address', async ({ page }) => {
  await signIn(page, OWNER);
  await makeRole(page, 'release-manager', ['groups.list', 'repo.list'], 'Ships things');
  await openRoles(page);
  await page.getByRole('searchbox', { name: 'Find a role' }).fill('ships');
  await expect(page).toHaveURL(/find=ships/);
  await expect(matrix(page).getByRole('columnheader')).toHaveCount(2);
  await page.reload();
  await expect(matrix(page).getByRole('link', { name: 'release-manager' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Find a role' }).fill('no such role');
  await expect(main(page).getByRole('status').filter({ hasText: 'No role here' })).toBeVisible();
});

test('a built-in role is read, copied and not changed', async ({ page }) => {
  await signIn(page, OWNER);
  await openRole(page, await roleOf(page, 'viewer'), 'viewer');
  await expect(main(page).getByText('nobody can change it')).toBeVisible();
  await expect(tick(page, 'groups.list')).toBeDisabled();
  await expect(tick(page, 'groups.list')).toBeChecked();
  await expect(main(page).getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await expect(main(page).getByRole('table', { name: 'Who has it' })).toContainText(VIEWER);
  await main(page).getByRole('link', { name: 'Copy as a new role' }).click();
  await expect(heading(page, 'New role')).toBeVisible();
  await expect(tick(page, 'groups.list')).toBeChecked();
  await expect(tick(page, 'groups.list')).toBeEnabled();
});

test('a role is made by the keyboard: its name becomes small, its capabilities are searched', async ({ page }) => {
  await signIn(page, OWNER);
  await openRoles(page);
  await main(page).getByRole('link', { name: 'New role' }).press('Enter');
  await expect(heading(page, 'New role')).toBeVisible();
  await expect(changes(page)).toBeHidden();
  await page.getByRole('textbox', { name: 'Name' }).fill('Release-Manager');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('release-manager');
  await expect(changes(page).getByRole('button', { name: 'Review' })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('searchbox', { name: 'Find a capability' }).fill('invite');
  await expect(tick(page, 'group_invites.create')).toBeVisible();
  await expect(tick(page, 'groups.list')).toBeHidden();
  await main(page).getByRole('checkbox', { name: /^group_invites \d/ }).press('Space');
  await expect(tick(page, 'group_invites.create')).toBeChecked();
  await tick(page, 'group_invites.create').press('Space');
  await expect(main(page).getByRole('checkbox', { name: /^group_invites \d/ })).toHaveJSProperty('indeterminate', true);
  await expect(changes(page)).toContainText('Added: group_invites.');
  await changes(page).getByRole('button', { name: 'Review' }).press('Enter');
  await expect(page.getByRole('dialog', { name: 'Make the role release-manager?' })).toBeVisible();
  await save(page);
  await expect(heading(page, 'Roles')).toBeVisible();
  await expect(matrix(page).getByRole('link', { name: 'release-manager' })).toBeVisible();
});

test('a change shows its difference, is reviewed and saved', async ({ page }) => {
  await signIn(page, OWNER);
  const { uid } = await makeRole(page, 'keeper', ['groups.list', 'groups.create']);
  await openRole(page, uid, 'keeper');
  await tick(page, 'groups.update').check();
  await tick(page, 'groups.create').uncheck();
  await expect(changes(page)).toContainText('2 capabilities: 1 added, 1 taken away.');
  await expect(changes(page)).toContainText('Added: groups.update');
  await expect(changes(page)).toContainText('Taken away: groups.create');
  await changes(page).getByRole('button', { name: 'Review' }).click();
  await save(page);
  await expect(changes(page)).toBeHidden();
  await page.reload();
  await expect(tick(page, 'groups.update')).toBeChecked();
  await expect(tick(page, 'groups.create')).not.toBeChecked();
});

test('what is written is not lost without a question', async ({ page }) => {
  await signIn(page, OWNER);
  const { uid } = await makeRole(page, 'keeper', ['groups.list']);
  await openRole(page, uid, 'keeper');
  await page.getByRole('textbox', { name: 'Description' }).fill('Keeps folders');
  page.once('dialog', (dialog) => dialog.dismiss());
  await main(page).getByRole('link', { name: 'All roles' }).click();
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Keeps folders');
  await changes(page).getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('');
  await main(page).getByRole('link', { name: 'All roles' }).click();
  await expect(heading(page, 'Roles')).toBeVisible();
});

test('who changes a role that another one changed meanwhile is told, and chooses', async ({ page }) => {
  await signIn(page, OWNER);
  const { uid } = await makeRole(page, 'keeper', ['groups.list']);
  await openRole(page, uid, 'keeper');
  await tick(page, 'groups.update').check();
  await ask(page, 'PATCH', `/iam/v2/roles/${uid}`, { capabilities: ['groups.list', 'groups.create'] });
  await changes(page).getByRole('button', { name: 'Review' }).click();
  await expect(changes(page).getByRole('alert')).toContainText('Someone changed this role');
  await expect(changes(page)).toContainText('Taken away: groups.create');
  await changes(page).getByRole('button', { name: 'Take theirs' }).click();
  await expect(tick(page, 'groups.create')).toBeChecked();
  await expect(tick(page, 'groups.update')).not.toBeChecked();
  await tick(page, 'groups.delete').check();
  await changes(page).getByRole('button', { name: 'Review' }).click();
  await save(page);
  await expect(changes(page)).toBeHidden();
});

test('a role is deleted after a review, and not while somebody has it', async ({ page, announced }) => {
  // What shows is asked for again after a write.
  announced.status(404);
  await signIn(page, OWNER);
  const { uid } = await makeRole(page, 'keeper', ['groups.list']);
  await openRole(page, uid, 'keeper');
  await expect(main(page).getByText('Nobody that you may see.')).toBeVisible();
  const org = await uidOf(page, 'example');
  const { roleBindings } = await ask<{ roleBindings: { identity: { uid: string; email?: string } }[] }>(page, 'GET', '/iam/v2/roleBindings?pageSize=200');
  const viewer = roleBindings.find((one) => one.identity.email === VIEWER)!;
  const bound = await ask<{ uid: string }>(page, 'POST', `/iam/v2/roleBindings/${org}`, { identityUid: viewer.identity.uid, roleUid: uid });
  await main(page).getByRole('button', { name: 'Delete' }).click();
  const review = page.getByRole('dialog');
  await expect(review.getByRole('alert')).toBeVisible();
  await expect(review.getByRole('button', { name: 'Save 1 change' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await ask(page, 'DELETE', `/iam/v2/roleBindings/${bound.uid}`);
  await main(page).getByRole('button', { name: 'Delete' }).click();
  await save(page);
  await expect(heading(page, 'Roles')).toBeVisible();
  await expect(matrix(page).getByRole('link', { name: 'keeper' })).toHaveCount(0);
});

test('a viewer reads roles and is told why they cannot make or change one', async ({ page, newBrowser }) => {
  const owner = await (await newBrowser()).newPage();
  await signIn(owner, OWNER);
  const { uid } = await makeRole(owner, 'keeper', ['groups.list']);
  await signIn(page, VIEWER);
  await openRoles(page);
  const make = main(page).getByRole('button', { name: 'New role' });
  await expect(make).toHaveAttribute('aria-disabled', 'true');
  await expect(make).toHaveAccessibleDescription(/roles\.create/);
  await openRole(page, uid, 'keeper');
  await expect(page.getByRole('textbox', { name: 'Name' })).not.toBeEditable();
  await expect(tick(page, 'groups.list')).toBeDisabled();
  await expect(main(page).getByText('Changing it takes roles.update')).toBeVisible();
  await expect(main(page).getByRole('button', { name: 'Delete' })).toHaveAttribute('aria-disabled', 'true');
});

test('a name that another role has is refused in the review', async ({ page }) => {
  await signIn(page, OWNER);
  await makeRole(page, 'keeper', ['groups.list']);
  await openPart(page, 'roles/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('keeper');
  await tick(page, 'groups.list').check();
  await changes(page).getByRole('button', { name: 'Review' }).click();
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('keeper');
  await expect(page.getByRole('button', { name: 'Save 1 change' })).toHaveAttribute('aria-disabled', 'true');
});

test('500 roles are searched at once', async ({ page }) => {
  await signIn(page, OWNER);
  const org = await uidOf(page, 'example');
  const { roles } = await ask<{ roles: object[] }>(page, 'GET', '/iam/v2/roles?name=viewer');
  const many = Array.from({ length: 500 }, (_, at) => ({
    ...roles[0],
    uid: `${org}/${at.toString(16).padStart(16, '0')}`,
    name: `role-${at}`,
    builtIn: false,
    group: { uid: org, name: 'example' },
  }));
  await page.route('**/iam/v2/roles?*descendantsOf*', (route) => {
    const token = Number(new URL(route.request().url()).searchParams.get('pageToken') ?? 0);
    const nextPageToken = token + 200 < many.length ? String(token + 200) : '';
    return route.fulfill({ json: { roles: many.slice(token, token + 200), nextPageToken, skipped: 0 } });
  });
  await openRoles(page);
  await expect(main(page).getByRole('status').filter({ hasText: '6 of 504 roles' })).toBeVisible();
  await main(page).getByRole('button', { name: 'Show more' }).click();
  await expect(matrix(page).getByRole('columnheader')).toHaveCount(13);
  await page.getByRole('searchbox', { name: 'Find a role' }).fill('role-499');
  await expect(matrix(page).getByRole('columnheader')).toHaveCount(2);
  await expect(matrix(page).getByRole('link', { name: 'role-499' })).toBeVisible();
});

test('a list of roles that does not arrive says so', async ({ page, announced }) => {
  await signIn(page, OWNER);
  announced.status(503);
  await page.route('**/iam/v2/roles?*', (route) => route.fulfill({ status: 503, body: '' }));
  await openRoles(page);
  await expect(main(page).getByRole('heading', { name: 'The roles did not arrive' })).toBeVisible();
  await page.unroute('**/iam/v2/roles?*');
  await main(page).getByRole('button', { name: 'Try again' }).click();
  await expect(matrix(page)).toBeVisible();
});

test('a role that is gone says so', async ({ page, announced }) => {
  await signIn(page, OWNER);
  announced.status(404);
  const org = await uidOf(page, 'example');
  await openPart(page, `roles/${org}/${'0'.repeat(16)}`);
  await expect(main(page).getByRole('heading', { name: 'The role did not arrive' })).toBeVisible();
});
