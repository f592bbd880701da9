// Defects of the product that every test would trip over. Each entry is to go with the fix; until
// then its test waits in pending/.
export const KNOWN: RegExp[] = [
  // The development provider's page asks for the icon "data:," that its own policy forbids
  // (crates/server/src/dev_provider: page.rs `document`, mod.rs `guard`). pending/provider-icon.
  /^Loading the image 'data:,' violates|^img-src data /,
];
