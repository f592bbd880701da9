//! The statements that every request waits for are found by indexes, on both databases.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bailiwick_domain::{InviteState, Micros, Uidp};
use sqlx::{Any, AnyConnection, AnyPool, AssertSqlSafe, Connection as _, Row as _};

use crate::groups::ListGroups;
use crate::listing::{Order, OrderField, PageAsk, PageKey, Scope};
use crate::store::{Location, Options};
use crate::{
    ListIdentities, ListInvites, ListRoleBindings, Reaching, access, bindings, checks, clients,
    explain, groups, identities, invites, open, outbox, roles,
};

type Query = sqlx::query::Query<'static, Any, sqlx::any::AnyArguments>;

fn page(field: OrderField) -> PageAsk {
    PageAsk {
        order: Order {
            field,
            descending: false,
        },
        after: Some(PageKey {
            value: "m".to_owned(),
            uid: node().to_string(),
        }),
        size: 200,
        skip: 0,
    }
}

fn node() -> Uidp {
    Uidp::root([1; 20]).child([2; 8]).unwrap()
}

/// Every hot statement: its name, whether it must come out of an index in order, and how to make
/// it behind a prefix.
fn statements(prefix: &str) -> Vec<(String, bool, Query)> {
    let (organization, node) = (Uidp::root([1; 20]), node());
    let plain = |name: &str, sql: String, values: Vec<String>| {
        let mut query = sqlx::query(AssertSqlSafe(format!("{prefix} {sql}")));
        for value in values {
            query = query.bind(value);
        }
        (name.to_owned(), false, query)
    };
    let due = sqlx::query(AssertSqlSafe(format!("{prefix} {}", outbox::DUE))).bind(1i64);
    let take = sqlx::query(AssertSqlSafe(format!("{prefix} {}", outbox::TAKE)))
        .bind("lease")
        .bind(3i64)
        .bind(2i64)
        .bind(1i64)
        .bind(10i64);
    let sql = format!("{prefix} {}", bindings::held_statement());
    let whoami = sqlx::query(AssertSqlSafe(sql))
        .bind(organization.to_string())
        .bind(1i64);
    let of_grant = |column: &str| {
        let sql = format!("{prefix} {}", clients::live_statement(column));
        sqlx::query(AssertSqlSafe(sql)).bind("value").bind(1i64)
    };
    let mut all = vec![
        (
            "the grant of an access token".to_owned(),
            false,
            of_grant("uid"),
        ),
        (
            "the grant of a refresh token".to_owned(),
            false,
            of_grant("family_hash"),
        ),
        ("whether mail is due".to_owned(), false, due),
        ("the mail that is due".to_owned(), false, take),
        plain(
            "what the caller holds",
            access::GRANTS.to_owned(),
            vec![organization.to_string()],
        ),
        ("what whoami shows".to_owned(), false, whoami),
        plain(
            "what a device holds",
            access::GRANTS_BY_DEVICE.to_owned(),
            vec![organization.to_string()],
        ),
        plain(
            "the roles of organizations",
            roles::within_statement(2),
            vec![organization.to_string(), node.to_string()],
        ),
        plain(
            "a group with its path",
            groups::one_statement(2),
            vec![node.to_string(), organization.to_string()],
        ),
        plain(
            "what people hold",
            checks::held_statement(2),
            vec![organization.to_string(), node.to_string()],
        ),
        plain(
            "which groups there are",
            checks::there_statement(2),
            vec![organization.to_string(), node.to_string()],
        ),
        plain(
            "the bindings on the way to a group",
            explain::bindings_statement(1, 2),
            vec![
                organization.to_string(),
                node.to_string(),
                organization.to_string(),
            ],
        ),
        plain(
            "the roles on the way to a group",
            explain::roles_statement(2),
            vec![node.to_string(), organization.to_string()],
        ),
    ];
    let people = [&organization, &node];
    let scope = Scope::DescendantsOf(organization.clone());
    let found = identities::bindings_statement(&people, &scope, &[&organization], Micros(2));
    let (filter, sql) = found.unwrap();
    let query = filter.bind(format!("{prefix} {sql}"));
    all.push(("what the people of a page hold".to_owned(), false, query));
    for field in [OrderField::Name, OrderField::Uid] {
        let list = ListIdentities {
            scope: scope.clone(),
            ids: None,
            search: None,
            role: None,
            ending_before: None,
            unseen_since: None,
            page: page(field),
        };
        let found = identities::statement(&list, &[&organization], &organization, Micros(2));
        let (filter, sql) = found.unwrap();
        let query = filter.bind(format!("{prefix} {sql}"));
        all.push((format!("people by {field:?}"), false, query));
    }
    for (what, ordered, scope, field) in [
        (
            "children by name",
            true,
            Scope::ChildrenOf(node.clone()),
            OrderField::Name,
        ),
        (
            "children by id",
            true,
            Scope::ChildrenOf(node.clone()),
            OrderField::Uid,
        ),
        (
            "all below",
            true,
            Scope::DescendantsOf(node.clone()),
            OrderField::Uid,
        ),
        ("everything", true, Scope::All, OrderField::Uid),
        ("the topmost", false, Scope::Topmost, OrderField::Name),
    ] {
        let list = ListGroups {
            scope: scope.clone(),
            name: None,
            search: None,
            page: page(field),
        };
        let (filter, sql) = groups::statement(&list, &[&organization]).unwrap();
        let query = filter.bind(format!("{prefix} {sql}"));
        all.push((format!("groups, {what}"), ordered, query));
        if field == OrderField::Name && ordered {
            continue;
        }
        let list = ListInvites {
            scope: scope.clone(),
            key_id: None,
            role: None,
            email: None,
            search: None,
            states: InviteState::ALL.to_vec(),
            page: PageAsk {
                order: Order {
                    field: OrderField::CreateTime,
                    descending: true,
                },
                after: Some(PageKey {
                    value: "1".to_owned(),
                    uid: node.to_string(),
                }),
                ..page(OrderField::Uid)
            },
        };
        if let Some((filter, sql)) = invites::statement(&list, &[&organization], Micros(2)) {
            let query = filter.bind(format!("{prefix} {sql}"));
            all.push((format!("invites, {what}"), false, query));
        }
        let list = ListRoleBindings {
            scope,
            identity: None,
            group: None,
            role: None,
            reaching: None,
            search: None,
            ending_within: None,
            page: page(OrderField::Uid),
        };
        let found = bindings::statement(&list, &[&organization], &organization, Micros(1));
        if let Some((filter, sql)) = found {
            let query = filter.bind(format!("{prefix} {sql}"));
            all.push((format!("role bindings, {what}"), false, query));
        }
    }
    for (what, list) in bindings_asked_for(&node) {
        let (filter, sql) =
            bindings::statement(&list, &[&organization], &organization, Micros(1)).unwrap();
        let query = filter.bind(format!("{prefix} {sql}"));
        all.push((format!("role bindings, {what}"), false, query));
    }
    all
}

/// Role bindings by what the console filters and sorts them by.
fn bindings_asked_for(node: &Uidp) -> Vec<(&'static str, ListRoleBindings)> {
    let all = |field| ListRoleBindings {
        scope: Scope::All,
        identity: None,
        group: None,
        role: None,
        reaching: None,
        search: None,
        ending_within: None,
        page: page(field),
    };
    let mut lists = vec![
        (
            "that reach a group",
            ListRoleBindings {
                reaching: Some(Reaching::Group(node.clone())),
                ..all(OrderField::Uid)
            },
        ),
        (
            "found by a text",
            ListRoleBindings {
                search: Some("er".to_owned()),
                ..all(OrderField::Uid)
            },
        ),
        (
            "that end soon",
            ListRoleBindings {
                ending_within: Some(std::time::Duration::from_secs(60)),
                ..all(OrderField::ExpireTime)
            },
        ),
    ];
    for (what, field) in [
        ("by identity", OrderField::Identity),
        ("by role", OrderField::Role),
        ("by end", OrderField::ExpireTime),
    ] {
        lists.push((what, all(field)));
    }
    lists
}

#[tokio::test]
async fn every_hot_statement_uses_an_index_on_sqlite() {
    let name = crate::secret::Secret::random().unwrap();
    let file = std::env::temp_dir().join(format!("bailiwick-plans-{}", name.expose()));
    let (readers, _writer) = opened(Location::Sqlite(file.clone())).await;
    for (name, ordered, query) in statements("EXPLAIN QUERY PLAN") {
        let rows = query.fetch_all(&readers).await.unwrap();
        let lines: Vec<String> = rows
            .iter()
            .map(|row| row.try_get("detail").unwrap())
            .collect();
        let plan = lines.join("\n");
        for table in [
            "g",
            "r",
            "a",
            "c",
            "o",
            "i",
            "m",
            "s",
            "groups",
            "role_bindings",
            "identities",
            "roles",
            "outbox",
        ] {
            let scans = |line: &&String| {
                **line == format!("SCAN {table}") || line.starts_with(&format!("SCAN {table} "))
            };
            assert_eq!(lines.iter().find(scans), None, "{name}:\n{plan}");
        }
        // There `v` is also what the page is called once it is cut.
        if name.starts_with("invites") {
            assert!(plan.contains("SEARCH v USING"), "{name}:\n{plan}");
        }
        if ordered {
            let sorts = lines
                .iter()
                .filter(|line| line.contains("ORDER BY"))
                .count();
            assert_eq!(sorts, 0, "{name} sorts:\n{plan}");
        }
    }
    readers.close().await;
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", file.display()));
    }
}

#[tokio::test]
async fn every_hot_statement_uses_an_index_on_postgresql() {
    let server = std::env::var("BAILIWICK_TEST_POSTGRES")
        .expect("`cargo xtask postgres` starts a server for the tests and says how to name it");
    sqlx::any::install_default_drivers();
    let name = format!(
        "plans_{}",
        &crate::secret::Secret::random().unwrap().hash()[..16]
    );
    let mut connection = AnyConnection::connect(&server).await.unwrap();
    let create = format!("CREATE DATABASE {name}");
    sqlx::raw_sql(AssertSqlSafe(create))
        .execute(&mut connection)
        .await
        .unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    let (readers, writer) = opened(Location::Postgres(format!("{base}/{name}"))).await;
    let mut reader = readers.acquire().await.unwrap();
    // An empty table is always scanned; what counts is whether there is another way.
    let hint = "SET enable_seqscan = off; SET enable_bitmapscan = off";
    sqlx::raw_sql(hint).execute(&mut *reader).await.unwrap();
    for (name, _, query) in statements("EXPLAIN") {
        let rows = query.fetch_all(&mut *reader).await.unwrap();
        let lines: Vec<String> = rows.iter().map(|row| row.try_get(0).unwrap()).collect();
        let plan = lines.join("\n");
        assert!(!plan.contains("Seq Scan on"), "{name}:\n{plan}");
        assert!(plan.contains("Index"), "{name}:\n{plan}");
    }
    drop(reader);
    readers.close().await;
    drop(writer);
    let drop = format!("DROP DATABASE {name} WITH (FORCE)");
    sqlx::raw_sql(AssertSqlSafe(drop))
        .execute(&mut connection)
        .await
        .unwrap();
}

async fn opened(location: Location) -> (AnyPool, crate::writer::Writer) {
    let options = Options {
        location,
        development: true,
        issuers: Vec::new(),
        mail: false,
    };
    open::open(&options).await.unwrap()
}
