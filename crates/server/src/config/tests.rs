use super::*;

fn parse(text: &str) -> Result<Config, String> {
    file::read(text).map_err(|problems| {
        let problems: Vec<_> = problems.iter().map(Problem::to_string).collect();
        problems.join("\n")
    })
}

const BASE: &str = "base_url = \"https://id.example.com\"\ndatabase = \"x.sqlite\"\n";
const PROVIDER: &str =
    "[[providers]]\nid=\"a\"\nname=\"A\"\nissuer=\"https://a.example\"\nclient_id=\"c\"\n";

#[test]
fn the_smallest_configuration_is_enough() {
    let config = parse(BASE).unwrap();
    assert_eq!(config.origin(), "https://id.example.com");
    assert_eq!(config.organizations.create, CreatePolicy::Admin);
    assert_eq!(config.database, Database::Sqlite("x.sqlite".into()));
}

#[test]
fn what_could_not_be_safe_is_refused_with_a_reason() {
    for (text, reason) in [
        (BASE.replace("https", "http"), "must be https"),
        (BASE.replace(".com", ".com/x"), "must be an origin"),
        (
            format!("{BASE}{PROVIDER}{PROVIDER}"),
            "two providers have the id a",
        ),
        (
            format!(
                "{BASE}{PROVIDER}{}",
                PROVIDER.replace("id=\"a\"", "id=\"b\"")
            ),
            "two providers have the issuer",
        ),
        (
            format!("{BASE}{}", PROVIDER.replace("https", "http")),
            "must be https",
        ),
        (
            format!("{BASE}{}", PROVIDER.replace("\"a\"", "\"../a\"")),
            "provider id",
        ),
        (
            BASE.replace("x.sqlite", "postgres://db.example.com/b?sslmode=require"),
            "line 2, column 12: db.example.com is not this machine",
        ),
    ] {
        let error = parse(&text).unwrap_err();
        assert!(error.contains(reason), "{text}\n{error}");
    }
}

const OTHER: &str = "[[oauth.clients]]\nid = \"wiki\"\nname = \"Wiki\"\n";

#[test]
fn a_client_that_could_be_another_or_send_people_astray_is_refused() {
    let with = |line: &str| format!("{BASE}{OTHER}{line}\n");
    assert!(parse(&with("")).is_ok());
    for (text, reason) in [
        (with(OTHER), "two clients have the id wiki"),
        (with("").replace("wiki", "cli"), "Bailiwick's own"),
        (with("").replace("wiki", "console"), "Bailiwick's own"),
        (with("").replace("\"wiki\"", "\"The Wiki\""), "client id"),
        (with("secret_sha256 = \"hunter2\""), "sha256sum"),
        (with("introspect = true"), "introspect needs secret_sha256"),
        (
            with("grants = [\"authorization_code\"]"),
            "needs redirect_uris",
        ),
        (with("grants = [\"password\"]"), "unknown variant"),
        (with("redirect_uri = []"), "did you mean `redirect_uris`"),
    ] {
        let error = parse(&text).unwrap_err();
        assert!(error.contains(reason), "{text}\n{error}");
    }
    for uri in [
        "http://wiki.example.com/callback",
        "https://wiki.example.com/callback#x",
        "https://wiki.example.com",
        "https://user@wiki.example.com/callback",
        "https://WIKI.example.com/callback",
        "javascript:alert(1)",
        "/callback",
    ] {
        let error = parse(&with(&format!("redirect_uris = [{uri:?}]"))).unwrap_err();
        assert!(error.contains("must be an https URL"), "{uri}\n{error}");
    }
    let right = "redirect_uris = [\"https://wiki.example.com/callback\", \"http://127.0.0.1/x\"]";
    assert!(parse(&with(right)).is_ok());
}

#[test]
fn an_unknown_key_is_named_with_its_place_and_the_nearest_known_one() {
    for (text, message) in [
        (
            BASE.replace("base_url", "bsae_url"),
            "line 1, column 1: unknown key `bsae_url`; did you mean `base_url`?",
        ),
        (
            format!("{BASE}\n[organizations]\n  crate = \"admin\""),
            "line 5, column 3: unknown key `crate`; did you mean `create`?",
        ),
        (
            format!("{BASE}{PROVIDER}client_secert = \"x\""),
            "line 8, column 1: unknown key `client_secert`; did you mean `client_secret`?",
        ),
        (
            format!("{BASE}organizations.xyz = 1"),
            "line 3, column 15: unknown key `xyz`; known here: create",
        ),
    ] {
        assert_eq!(parse(&text).unwrap_err(), message, "{text}");
    }
}

#[test]
fn several_problems_are_told_at_once() {
    let text = format!("bsae_url = 1\n{BASE}listen = 5\n[orgs]\n");
    let error = parse(&text).unwrap_err();
    let lines: Vec<_> = error.lines().collect();
    assert_eq!(lines.len(), 3, "{error}");
    assert!(lines[0].starts_with("line 1, column 1: unknown key"));
    assert!(lines[1].starts_with("line 4, column 10: invalid type"));
    assert!(lines[2].starts_with("line 5, column 2: unknown key `orgs`"));

    let text = BASE.replace("https", "http").replace("database", "# ");
    assert_eq!(parse(&text).unwrap_err().lines().count(), 2);
}

#[test]
fn a_value_of_the_wrong_form_is_shown_one_that_is_right() {
    for (text, right) in [
        (BASE.replace("https://", ""), "https://id.example.com"),
        (format!("{BASE}listen = \"localhost:80\""), "127.0.0.1:8080"),
        (
            BASE.replace("x.sqlite", "mysql://localhost/b"),
            "postgres://USER:PASSWORD@HOST:PORT/DATABASE",
        ),
        (
            format!("{BASE}organizations.create = \"all\""),
            "`admin` or `anyone`",
        ),
    ] {
        let error = parse(&text).unwrap_err();
        assert!(error.contains(right), "{error}");
    }
}

#[test]
fn places_are_those_that_toml_gives() {
    let text = format!("# grüß dich\n{BASE}listen = \"ü\", \n");
    let ours = parse(&text).unwrap_err();
    let theirs = toml::from_str::<toml::Table>(&text)
        .unwrap_err()
        .to_string();
    let (place, _) = ours.split_once(':').unwrap();
    assert!(theirs.contains(&format!("{place}\n")), "{ours}\n{theirs}");
}

#[test]
fn a_message_about_a_line_does_not_repeat_it() {
    for line in [
        "client_secret = \"geheim\" x",
        "client_secret = [\"geheim\"]",
        "client_secert = \"geheim\"",
    ] {
        let error = parse(&format!("{BASE}{PROVIDER}{line}")).unwrap_err();
        assert!(!error.contains("geheim"), "{error}");
    }
}

#[test]
fn the_database_is_named_once_here_or_in_a_file() {
    let folder = bailiwick_testkit::Folder::new();
    let path = folder.path().join("url");
    let base = "base_url = \"https://id.example.com\"\n";
    let named = format!("{base}database_url_file = {path:?}\n");
    assert!(
        parse(&named)
            .unwrap_err()
            .contains("cannot read database_url_file")
    );

    std::fs::write(&path, "postgres://u:geheim@db.example.com/b\n").unwrap();
    let Database::Postgres(url) = parse(&named).unwrap().database else {
        panic!("not PostgreSQL");
    };
    assert_eq!(
        url.expose(),
        "postgres://u:geheim@db.example.com/b?sslmode=verify-full"
    );
    assert!(
        parse(&format!("{named}database = \"x.sqlite\""))
            .unwrap_err()
            .contains("keep one")
    );

    std::fs::write(&path, "x.sqlite").unwrap();
    assert!(parse(&named).unwrap_err().contains("database_url_file"));
    assert!(parse(base).unwrap_err().contains("no database"));
}

#[test]
fn a_secret_is_given_once_here_or_in_a_file() {
    let text =
        format!("{BASE}{PROVIDER}client_secret = \"geheim\"\nclient_secret_file = \"/nowhere\"\n");
    assert_eq!(
        parse(&text).unwrap_err(),
        "provider a: `client_secret` and `client_secret_file` are both given: keep one of them"
    );
}

#[test]
fn what_is_printed_has_every_default_and_no_secret() {
    let text = format!("{BASE}{PROVIDER}client_secret = \"geheim\"\n")
        .replace("x.sqlite", "postgres://u:streng@db.example.com/b");
    let printed = parse(&text).unwrap().to_toml().unwrap();
    for secret in ["geheim", "streng"] {
        assert!(!printed.contains(secret), "{printed}");
    }
    for line in [
        "listen = \"127.0.0.1:8080\"",
        "database = \"postgres://u:(hidden)@db.example.com/b?sslmode=verify-full\"",
        "create = \"admin\"",
        "client_secret = \"(hidden)\"",
        "email = \"claim\"",
    ] {
        assert!(printed.lines().any(|one| one == line), "{line}\n{printed}");
    }
    parse(&printed).unwrap();
}

fn provider(text: &str) -> Result<ProviderConfig, String> {
    let text = format!("{BASE}[[providers]]\nid = \"a\"\nclient_id = \"c\"\n{text}\n");
    let mut config = parse(&text)?;
    Ok(config.providers.remove(0))
}

#[test]
fn a_known_provider_needs_no_name() {
    let google = provider("issuer = \"https://accounts.google.com\"").unwrap();
    assert_eq!(
        (&*google.name, google.icon),
        ("Google", Some(ProviderIcon::Google))
    );
    let own = "issuer = \"https://git.example.com\"\nname = \"Forge\"\nicon = \"gitlab\"";
    let own = provider(own).unwrap();
    assert_eq!(
        (&*own.name, own.icon),
        ("Forge", Some(ProviderIcon::Gitlab))
    );
    let error = provider("issuer = \"https://login.example.com\"").unwrap_err();
    assert_eq!(
        error,
        "provider a: `name` is missing: write what its button should say"
    );
    let error = provider("name = \"Corp\"").unwrap_err();
    assert!(error.contains("`issuer` is missing"), "{error}");
}

#[test]
fn github_is_github_com_unless_it_is_ones_own() {
    let github = "kind = \"github\"\nclient_secret = \"geheim\"\n";
    let common = provider(github).unwrap();
    assert_eq!(
        (&*common.name, &*common.issuer),
        ("GitHub", "https://github.com")
    );
    let own = provider(&format!("{github}issuer = \"https://git.example.com/\"")).unwrap();
    assert_eq!(own.issuer, "https://git.example.com");
    let error = provider(&format!("{github}issuer = \"https://example.com/git\"")).unwrap_err();
    assert!(error.contains("without path"), "{error}");
    let error = provider("kind = \"github\"").unwrap_err();
    assert!(error.contains("GitHub needs `client_secret`"), "{error}");
    let error = provider("kind = \"gitea\"").unwrap_err();
    assert!(error.contains("`oidc` or `github`"), "{error}");
}

#[test]
fn an_issuer_is_one_tenants_and_nothing_but_a_url() {
    let of = |issuer: &str| provider(&format!("name = \"x\"\nissuer = {issuer:?}"));
    for tenant in ["common", "organizations", "consumers", "{tenantid}"] {
        let error = of(&format!("https://login.microsoftonline.com/{tenant}/v2.0")).unwrap_err();
        assert!(error.contains("TENANT_ID/v2.0"), "{error}");
    }
    let own = of("https://login.microsoftonline.com/8c1f0d4e/v2.0").unwrap();
    assert_eq!(own.icon, Some(ProviderIcon::Microsoft));
    for issuer in [
        "https://user@login.example.com",
        "https://login.example.com?tenant=a",
        "https://login.example.com#a",
    ] {
        let error = of(issuer).unwrap_err();
        assert!(
            error.contains("without user, query and fragment"),
            "{error}"
        );
    }
    for issuer in ["http://login.example.com", "login.example.com", "ftp://x"] {
        let error = of(issuer).unwrap_err();
        assert!(error.contains("must be https"), "{error}");
    }
}

#[test]
fn addresses_by_domain_need_domains() {
    let with = |more: &str| {
        let text = "issuer = \"https://login.example.com\"\nname = \"x\"\nemail = \"domains\"\n";
        provider(&format!("{text}{more}"))
    };
    let error = with("").unwrap_err();
    assert!(error.contains("needs `domains`"), "{error}");
    assert!(with("domains = [\"example.com\"]").is_ok());
}

const SMTP: &str = "[smtp]\nhost = \"mail.example.com\"\nfrom = \"Example <id@example.com>\"\n";

#[test]
fn a_mail_server_is_reached_by_tls_unless_it_is_this_machine() {
    let smtp = |more: &str| {
        let config = parse(&format!("{BASE}{SMTP}{more}"))?;
        Ok::<_, String>(config.smtp.unwrap())
    };
    let plain = smtp("").unwrap();
    assert_eq!((plain.tls, plain.port), (SmtpTls::Starttls, Some(587)));
    assert_eq!(smtp("tls = \"tls\"").unwrap().port, Some(465));
    assert_eq!(smtp("port = 2525").unwrap().port, Some(2525));
    for host in ["localhost", "127.0.0.1", "::1"] {
        let text = format!("{BASE}{SMTP}tls = \"none\"").replace("mail.example.com", host);
        assert!(parse(&text).is_ok(), "{host}");
    }
    for (more, reason) in [
        ("tls = \"none\"", "mail.example.com is another"),
        ("tls = \"off\"", "`starttls`, `tls`"),
        ("username = \"x\"", "go together"),
        ("password = \"geheim\"", "go together"),
        (
            "password = \"geheim\"\npassword_file = \"/nowhere\"",
            "are both given",
        ),
        ("password_file = \"/nowhere\"", "cannot read password_file"),
    ] {
        let error = smtp(more).unwrap_err();
        assert!(error.contains(reason), "{more}\n{error}");
        assert!(!error.contains("geheim"), "{error}");
    }
    let error = parse(&format!("{BASE}{SMTP}").replace("id@example.com", "id")).unwrap_err();
    assert!(error.contains("must be an address"), "{error}");
}

#[test]
fn the_password_of_the_mail_server_is_not_shown() {
    let text = format!("{BASE}{SMTP}username = \"x\"\npassword = \"geheim\"");
    let config = parse(&text).unwrap();
    let shown = config.to_toml().unwrap();
    assert!(
        shown.contains("password = \"(hidden)\"") && shown.contains("port = 587"),
        "{shown}"
    );
    assert!(!shown.contains("geheim") && !format!("{config:?}").contains("geheim"));
}
