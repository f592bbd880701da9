-- Custom roles. The built-in ones stand in the program.
CREATE TABLE roles (
    uid          TEXT    PRIMARY KEY NOT NULL,
    -- It is bound here and below.
    group_uid    TEXT    NOT NULL REFERENCES groups (uid) ON DELETE CASCADE,
    -- The first segment of group_uid.
    organization TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    description  TEXT    NOT NULL DEFAULT '',
    -- 32 bytes: bit i of the set is bit i % 8 of byte i / 8.
    capabilities BLOB    NOT NULL,
    create_time  INTEGER NOT NULL,
    update_time  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX roles_by_name ON roles (group_uid, name);
CREATE INDEX roles_by_organization ON roles (organization);

-- Who gave it: an identity's UIDP, or `host`; of an invite whoever invited. Empty when unknown.
ALTER TABLE role_bindings ADD COLUMN creator TEXT NOT NULL DEFAULT '';
-- The invite it came by. That may be forgotten by now.
ALTER TABLE role_bindings ADD COLUMN invite_uid TEXT;
ALTER TABLE role_bindings ADD COLUMN update_time INTEGER NOT NULL DEFAULT 0;
UPDATE role_bindings SET update_time = create_time;
CREATE INDEX role_bindings_by_role ON role_bindings (role_uid);
CREATE INDEX role_bindings_by_end ON role_bindings (organization, ends_at);
