//! A condition in SQL with numbered places, and the values for them. Values never enter the text.

use bailiwick_domain::Uidp;
use sqlx::any::AnyArguments;
use sqlx::{Any, AssertSqlSafe};

use crate::listing::{Order, OrderField, PageKey, Scope};

/// More values than this make a statement that is not worth keeping prepared.
const KEPT_VALUES: usize = 20;

/// A value for a place.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    /// Text.
    Text(String),
    /// A number, or an instant.
    Number(i64),
}

/// Conditions on the rows of one table, all of which must hold.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    table: &'static str,
    alias: &'static str,
    /// The column that holds the UIDP directly above.
    parent: &'static str,
    conditions: Vec<String>,
    /// Ranges of UIDPs, `from` and `to` of each, when there are several.
    ranges: Vec<(String, String)>,
    values: Vec<Value>,
}

impl Filter {
    /// On a table whose rows have a column `uid`, and `parent` for the UIDP directly above.
    pub(crate) fn on(table: &'static str, alias: &'static str, parent: &'static str) -> Self {
        Self {
            table,
            alias,
            parent,
            conditions: Vec::new(),
            ranges: Vec::new(),
            values: Vec::new(),
        }
    }

    /// The place of a new value, as `$3`.
    pub(crate) fn place(&mut self, value: Value) -> String {
        self.values.push(value);
        format!("${}", self.values.len())
    }

    /// The place of a new text.
    pub(crate) fn text(&mut self, text: &str) -> String {
        self.place(Value::Text(text.to_owned()))
    }

    /// One more condition.
    pub(crate) fn and(&mut self, condition: String) {
        self.conditions.push(condition);
    }

    /// A column equals a text.
    pub(crate) fn equals(&mut self, column: &str, text: &str) {
        let place = self.text(text);
        self.and(format!("{}.{column} = {place}", self.alias));
    }

    /// A column contains a text, whatever stands before and after it.
    pub(crate) fn contains(&mut self, column: &str, text: &str) {
        let place = self.text(&Self::pattern(text));
        self.and(format!("{}.{column} LIKE {place} ESCAPE '\\'", self.alias));
    }

    /// For LIKE with `\` as the escape: whatever contains `text`.
    pub(crate) fn pattern(text: &str) -> String {
        let mut pattern = String::from("%");
        for letter in text.chars() {
            if matches!(letter, '%' | '_' | '\\') {
                pattern.push('\\');
            }
            pattern.push(letter);
        }
        pattern.push('%');
        pattern
    }

    fn is_one_of<'a>(&mut self, uids: impl IntoIterator<Item = &'a Uidp>) {
        let places: Vec<String> = uids
            .into_iter()
            .map(|uid| self.text(uid.as_str()))
            .collect();
        self.and(format!("{}.uid IN ({})", self.alias, places.join(", ")));
    }

    fn in_range(&mut self, from: &str, to: &str) {
        let (from, to) = (self.text(from), self.text(to));
        let alias = self.alias;
        self.and(format!("{alias}.uid >= {from} AND {alias}.uid < {to}"));
    }

    /// Each of `tops` with everything below it. They are in byte order and none is below another.
    fn in_any(&mut self, tops: &[&Uidp]) {
        // From the id itself to the end of what is below it nothing else stands.
        let range = |uid: &Uidp| (uid.as_str().to_owned(), uid.below_bounds().1);
        if let [one] = tops {
            let (from, to) = range(one);
            self.in_range(&from, &to);
        } else {
            self.ranges = tops.iter().map(|uid| range(uid)).collect();
        }
    }

    /// Narrows to `scope` within what `visible` shows: each of these groups with everything below.
    /// False when nothing can be there.
    pub(crate) fn scope(&mut self, scope: &Scope, visible: &[&Uidp], order: Order) -> bool {
        if visible.is_empty() {
            return false;
        }
        let seen = |uid: &Uidp| visible.iter().any(|top| top.reaches(uid));
        match scope {
            Scope::All => self.in_any(visible),
            Scope::Ids(uids) => {
                let shown: Vec<&Uidp> = uids.iter().filter(|uid| seen(uid)).collect();
                if shown.is_empty() {
                    return false;
                }
                self.is_one_of(shown);
            }
            Scope::AncestorsOf(uid) => {
                let shown: Vec<Uidp> = uid.ancestors().filter(|uid| seen(uid)).collect();
                if shown.is_empty() {
                    return false;
                }
                self.is_one_of(&shown);
            }
            Scope::ChildrenOf(parent) if seen(parent) => self.children_of(parent, order),
            Scope::DescendantsOf(parent) if seen(parent) => {
                let (from, to) = parent.below_bounds();
                self.in_range(&from, &to);
            }
            Scope::DescendantsOf(parent) => {
                let below: Vec<&Uidp> = visible
                    .iter()
                    .copied()
                    .filter(|top| top.is_below(parent))
                    .collect();
                if below.is_empty() {
                    return false;
                }
                self.in_any(&below);
            }
            Scope::ChildrenOf(_) | Scope::Topmost | Scope::InRoot => {
                return self.topmost(scope, visible);
            }
        }
        true
    }

    /// Only what is visible without anything visible above it. Of groups that is `visible` itself;
    /// other things have no such place.
    fn topmost(&mut self, scope: &Scope, visible: &[&Uidp]) -> bool {
        let fits = |uid: &&Uidp| match scope {
            Scope::ChildrenOf(parent) => uid.parent().as_ref() == Some(parent),
            Scope::InRoot => uid.is_root(),
            _ => true,
        };
        let tops: Vec<&Uidp> = visible.iter().copied().filter(fits).collect();
        if self.table != "groups" || tops.is_empty() {
            return false;
        }
        // As ranges too, so that ten thousand organizations are no longer a statement than need be.
        if tops.len() <= KEPT_VALUES {
            self.is_one_of(tops);
        } else {
            self.ranges = tops
                .iter()
                .map(|uid| (uid.as_str().to_owned(), format!("{uid}/")))
                .collect();
        }
        true
    }

    fn children_of(&mut self, parent: &Uidp, order: Order) {
        // Each way has an index that gives the rows in order.
        if self.table == "groups" && order.field == OrderField::Uid {
            let depth = i64::try_from(parent.depth() + 1).unwrap_or(i64::MAX);
            let depth = self.place(Value::Number(depth));
            self.and(format!("{}.depth = {depth}", self.alias));
            let (from, to) = parent.below_bounds();
            self.in_range(&from, &to);
        } else {
            self.equals(self.parent, parent.as_str());
        }
    }

    /// Goes on after a row.
    pub(crate) fn after(&mut self, order: Order, key: &PageKey) {
        let beyond = if order.descending { "<" } else { ">" };
        let (alias, column) = (self.alias, order.field.column());
        let uid = self.text(&key.uid);
        let value = match order.field {
            OrderField::Uid => {
                self.and(format!("{alias}.uid {beyond} {uid}"));
                return;
            }
            OrderField::Name => self.text(&key.value),
            OrderField::CreateTime
            | OrderField::UpdateTime
            | OrderField::ExpireTime
            | OrderField::LastSeenTime => {
                self.place(Value::Number(key.value.parse().unwrap_or_default()))
            }
        };
        self.and(format!(
            "({alias}.{column}, {alias}.uid) {beyond} ({value}, {uid})"
        ));
    }

    /// What stands after FROM, and the common table expression that has to stand before it all:
    /// empty, or ending in a comma. Called once, when the scope is known.
    pub(crate) fn source(&mut self) -> Source {
        let (table, alias) = (self.table, self.alias);
        let mut with = String::new();
        let mut from = format!("{table} {alias}");
        if !self.ranges.is_empty() {
            let ranges = std::mem::take(&mut self.ranges);
            let rows: Vec<String> = ranges
                .iter()
                .map(|(low, high)| format!("({}, {})", self.text(low), self.text(high)))
                .collect();
            with = format!("span (low, high) AS (VALUES {}), ", rows.join(", "));
            from =
                format!("span JOIN {from} ON {alias}.uid >= span.low AND {alias}.uid < span.high");
        }
        Source { with, from }
    }

    /// What stands after WHERE.
    pub(crate) fn condition(&self) -> String {
        match self.conditions.is_empty() {
            true => "1 = 1".to_owned(),
            false => self.conditions.join(" AND "),
        }
    }

    /// A statement with the values of the filter.
    pub(crate) fn bind(self, sql: String) -> sqlx::query::Query<'static, Any, AnyArguments> {
        let persistent = self.values.len() <= KEPT_VALUES;
        let mut query = sqlx::query(AssertSqlSafe(sql)).persistent(persistent);
        for value in self.values {
            query = match value {
                Value::Text(text) => query.bind(text),
                Value::Number(number) => query.bind(number),
            };
        }
        query
    }
}

/// Where rows come from.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) with: String,
    pub(crate) from: String,
}
