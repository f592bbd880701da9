//! Pages of groups. Rule 5: a list holds exactly what single checks allow, counts included.

use bailiwick_domain::limits::TOTAL_COUNT_MAX;
use bailiwick_domain::{Capability, Uidp, scopes};
use sqlx::{AssertSqlSafe, Row as _};

use crate::access::grants;
use crate::error::StoreError;
use crate::groups::read::{COLUMNS, add_paths, from_row};
use crate::groups::{GroupRow, GroupsHandle};

/// Which part of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All that the caller may see.
    All,
    /// Directly below.
    ChildrenOf(Uidp),
    /// The topmost groups that the caller may see.
    Topmost,
    /// Anywhere below, without the group itself.
    DescendantsOf(Uidp),
    /// Organizations.
    InRoot,
}

/// By what a list is sorted; ties are broken by UIDP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderField {
    /// The UIDP.
    Uid,
    /// The name.
    Name,
    /// When it was made.
    CreateTime,
    /// When it was last changed.
    UpdateTime,
}

/// A field and a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// The field.
    pub field: OrderField,
    /// Greatest first.
    pub descending: bool,
}

/// Where a page ended: the next one starts after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageKey {
    /// The sort field's value in the last row, as text.
    pub value: String,
    /// The last row.
    pub uid: String,
}

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListGroups {
    /// Which part of the tree.
    pub scope: Scope,
    /// Exact name.
    pub name: Option<String>,
    /// In which order.
    pub order: Order,
    /// After which row.
    pub after: Option<PageKey>,
    /// How many rows at most.
    pub size: u32,
    /// How many rows to leave out first.
    pub skip: u32,
}

/// One page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GroupList {
    /// The rows.
    pub groups: Vec<GroupRow>,
    /// Where to go on; `None` on the last page.
    pub next: Option<PageKey>,
    /// How many there are in all; `None` above [`TOTAL_COUNT_MAX`].
    pub total: Option<u64>,
}

impl GroupsHandle<'_> {
    /// One page of what the caller may see.
    ///
    /// # Errors
    /// The database failed. What the caller may not see is simply not there.
    pub async fn list(&self, list: &ListGroups) -> Result<GroupList, StoreError> {
        let mut snapshot = self.store.readers.begin().await?;
        let held = grants(&mut snapshot, self.caller.identity()).await?;
        let visible = scopes(&held, Capability::GROUPS_LIST, self.store.now());
        let mut filter = Filter::default();
        if !filter.scope(&list.scope, &visible) {
            return Ok(GroupList {
                total: Some(0),
                ..GroupList::default()
            });
        }
        if let Some(name) = &list.name {
            let name = filter.text(name);
            filter.and(&format!("g.name = {name}"));
        }
        let total = count(&mut snapshot, &filter).await?;
        if let Some(after) = &list.after {
            filter.after(list.order, after);
        }
        let mut page = select(&mut snapshot, filter, list).await?;
        page.total = total;
        add_paths(&mut snapshot, &mut page.groups).await?;
        Ok(page)
    }
}

async fn count(
    connection: &mut sqlx::AnyConnection,
    filter: &Filter,
) -> Result<Option<u64>, StoreError> {
    let sql = format!(
        "SELECT COUNT(*) AS total FROM (SELECT 1 FROM groups g WHERE {} LIMIT {}) AS counted",
        filter.sql,
        TOTAL_COUNT_MAX + 1
    );
    let total: i64 = filter
        .bind(sql)
        .fetch_one(connection)
        .await?
        .try_get("total")?;
    let total = u64::try_from(total).unwrap_or_default();
    Ok((total <= TOTAL_COUNT_MAX).then_some(total))
}

async fn select(
    connection: &mut sqlx::AnyConnection,
    filter: Filter,
    list: &ListGroups,
) -> Result<GroupList, StoreError> {
    let direction = if list.order.descending { "DESC" } else { "ASC" };
    let column = list.order.field.column();
    let sql = format!(
        "SELECT {COLUMNS} FROM groups g WHERE {} ORDER BY {column} {direction}, g.uid {direction} \
         LIMIT {} OFFSET {}",
        filter.sql,
        list.size.saturating_add(1),
        list.skip
    );
    let rows = filter.bind(sql).fetch_all(connection).await?;
    let more = rows.len() > list.size as usize;
    let groups: Vec<GroupRow> = rows
        .iter()
        .take(list.size as usize)
        .map(from_row)
        .collect::<Result<_, _>>()?;
    let next = groups.last().filter(|_| more).map(|last| PageKey {
        value: match list.order.field {
            OrderField::Uid => last.uid.to_string(),
            OrderField::Name => last.name.clone(),
            OrderField::CreateTime => last.create_time.0.to_string(),
            OrderField::UpdateTime => last.update_time.0.to_string(),
        },
        uid: last.uid.to_string(),
    });
    Ok(GroupList {
        groups,
        next,
        total: None,
    })
}

impl OrderField {
    fn column(self) -> &'static str {
        match self {
            Self::Uid => "g.uid",
            Self::Name => "g.name",
            Self::CreateTime => "g.create_time",
            Self::UpdateTime => "g.update_time",
        }
    }
}

/// A condition in SQL with numbered places, and the values for them. Values never enter the text.
#[derive(Debug, Default)]
struct Filter {
    sql: String,
    values: Vec<Value>,
}

#[derive(Debug, Clone)]
enum Value {
    Text(String),
    Number(i64),
}

impl Filter {
    fn and(&mut self, condition: &str) {
        if !self.sql.is_empty() {
            self.sql.push_str(" AND ");
        }
        self.sql.push_str(condition);
    }

    fn place(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    fn text(&mut self, text: &str) -> String {
        self.place(Value::Text(text.to_owned()))
    }

    fn is_one_of(&mut self, groups: &[&Uidp]) {
        let places: Vec<String> = groups.iter().map(|uid| self.text(uid.as_str())).collect();
        self.and(&format!("g.uid IN ({})", places.join(", ")));
    }

    fn below(&mut self, uid: &Uidp) -> String {
        let (from, to) = uid.below_bounds();
        let (from, to) = (self.text(&from), self.text(&to));
        format!("(g.uid >= {from} AND g.uid < {to})")
    }

    fn each_with_what_is_below(&mut self, groups: &[&Uidp]) {
        let mut parts = Vec::new();
        for uid in groups {
            let own = self.text(uid.as_str());
            parts.push(format!("g.uid = {own}"));
            parts.push(self.below(uid));
        }
        self.and(&format!("({})", parts.join(" OR ")));
    }

    /// Narrows to `scope` within what is visible. False when nothing can be there.
    fn scope(&mut self, scope: &Scope, visible: &[&Uidp]) -> bool {
        let seen = |uid: &Uidp| visible.iter().any(|top| top.reaches(uid));
        let among = |keep: &dyn Fn(&Uidp) -> bool| -> Vec<&Uidp> {
            visible.iter().copied().filter(|uid| keep(uid)).collect()
        };
        let (tops, deep) = match scope {
            Scope::ChildrenOf(parent) if seen(parent) => {
                let parent = self.text(parent.as_str());
                self.and(&format!("g.parent = {parent}"));
                return true;
            }
            Scope::DescendantsOf(parent) if seen(parent) => {
                let below = self.below(parent);
                self.and(&below);
                return true;
            }
            Scope::ChildrenOf(parent) => {
                (among(&|uid| uid.parent().as_ref() == Some(parent)), false)
            }
            Scope::DescendantsOf(parent) => (among(&|uid| uid.is_below(parent)), true),
            Scope::All => (visible.to_vec(), true),
            Scope::Topmost => (visible.to_vec(), false),
            Scope::InRoot => (among(&Uidp::is_root), false),
        };
        if tops.is_empty() {
            return false;
        }
        if deep {
            self.each_with_what_is_below(&tops);
        } else {
            self.is_one_of(&tops);
        }
        true
    }

    fn after(&mut self, order: Order, key: &PageKey) {
        let beyond = if order.descending { "<" } else { ">" };
        let column = order.field.column();
        let uid = self.text(&key.uid);
        if order.field == OrderField::Uid {
            self.and(&format!("g.uid {beyond} {uid}"));
            return;
        }
        let value = match order.field {
            OrderField::Uid | OrderField::Name => self.text(&key.value),
            OrderField::CreateTime | OrderField::UpdateTime => {
                self.place(Value::Number(key.value.parse().unwrap_or_default()))
            }
        };
        self.and(&format!("({column}, g.uid) {beyond} ({value}, {uid})"));
    }

    fn bind(&self, sql: String) -> sqlx::query::Query<'static, sqlx::Any, sqlx::any::AnyArguments> {
        let mut query = sqlx::query(AssertSqlSafe(sql));
        for value in self.values.clone() {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        query
    }
}
