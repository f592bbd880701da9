-- What a person knows a session by. Their public ids have the form of a UIDP from here on, by which
-- one is ended; those of before could not be, and end here.
DELETE FROM sessions;
-- As "Firefox on Linux"; empty when the browser did not say.
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
-- Where the sign-in came from.
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
-- Since when the person must have proved who they are to allow the request; 0 for whenever.
ALTER TABLE authorization_requests ADD COLUMN auth_after INTEGER NOT NULL DEFAULT 0;
