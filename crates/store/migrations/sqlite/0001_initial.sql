-- Times are microseconds since 1970, UTC. Flags are 0 or 1. Secrets stand as SHA-256 in hex.

CREATE TABLE meta (
    name  TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE groups (
    uid         TEXT    PRIMARY KEY NOT NULL,
    -- Empty for an organization.
    parent      TEXT    NOT NULL,
    name        TEXT    NOT NULL,
    description TEXT    NOT NULL DEFAULT '',
    create_time INTEGER NOT NULL,
    update_time INTEGER NOT NULL,
    -- Counts the writes in an organization; stands on its root row and is locked by every write.
    revision    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX groups_by_name ON groups (parent, name);

CREATE TABLE identities (
    uid            TEXT    PRIMARY KEY NOT NULL,
    issuer         TEXT    NOT NULL,
    subject        TEXT    NOT NULL,
    provider       TEXT    NOT NULL,
    name           TEXT    NOT NULL DEFAULT '',
    email          TEXT,
    create_time    INTEGER NOT NULL,
    last_seen_time INTEGER,
    suspended      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX identities_by_subject ON identities (issuer, subject);

CREATE TABLE role_bindings (
    uid          TEXT    PRIMARY KEY NOT NULL,
    group_uid    TEXT    NOT NULL REFERENCES groups (uid) ON DELETE CASCADE,
    identity_uid TEXT    NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    role_uid     TEXT    NOT NULL,
    ends_at      INTEGER,
    create_time  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX role_bindings_by_identity ON role_bindings (identity_uid, group_uid, role_uid);
CREATE INDEX role_bindings_by_group ON role_bindings (group_uid);

CREATE TABLE sessions (
    secret_hash    TEXT    PRIMARY KEY NOT NULL,
    public_id      TEXT    NOT NULL UNIQUE,
    identity_uid   TEXT    NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    provider       TEXT    NOT NULL,
    -- The address of this very sign-in, if its provider vouches for it.
    email          TEXT,
    auth_time      INTEGER NOT NULL,
    create_time    INTEGER NOT NULL,
    expire_time    INTEGER NOT NULL,
    last_seen_time INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_identity ON sessions (identity_uid);
CREATE INDEX sessions_by_expiry ON sessions (expire_time);

CREATE TABLE login_transactions (
    state_hash     TEXT    PRIMARY KEY NOT NULL,
    browser_hash   TEXT    NOT NULL,
    provider       TEXT    NOT NULL,
    client_id      TEXT    NOT NULL,
    redirect_uri   TEXT    NOT NULL,
    client_state   TEXT    NOT NULL,
    client_nonce   TEXT    NOT NULL,
    code_challenge TEXT    NOT NULL,
    expire_time    INTEGER NOT NULL
) STRICT;
CREATE INDEX login_transactions_by_expiry ON login_transactions (expire_time);

CREATE TABLE authorization_codes (
    code_hash      TEXT    PRIMARY KEY NOT NULL,
    client_id      TEXT    NOT NULL,
    redirect_uri   TEXT    NOT NULL,
    client_nonce   TEXT    NOT NULL,
    code_challenge TEXT    NOT NULL,
    identity_uid   TEXT    NOT NULL REFERENCES identities (uid) ON DELETE CASCADE,
    provider       TEXT    NOT NULL,
    email          TEXT,
    auth_time      INTEGER NOT NULL,
    expire_time    INTEGER NOT NULL
) STRICT;
CREATE INDEX authorization_codes_by_expiry ON authorization_codes (expire_time);

CREATE TABLE signing_keys (
    kid         TEXT    PRIMARY KEY NOT NULL,
    pkcs8       BLOB    NOT NULL,
    create_time INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_heads (
    organization TEXT    PRIMARY KEY NOT NULL,
    seq          INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
    -- Empty for what belongs to no organization.
    organization TEXT    NOT NULL,
    seq          INTEGER NOT NULL,
    time         INTEGER NOT NULL,
    actor        TEXT    NOT NULL,
    action       TEXT    NOT NULL,
    target       TEXT    NOT NULL,
    request_id   TEXT    NOT NULL,
    -- Canonical JSON: keys sorted, no spaces.
    detail       TEXT    NOT NULL,
    PRIMARY KEY (organization, seq)
) STRICT, WITHOUT ROWID;
