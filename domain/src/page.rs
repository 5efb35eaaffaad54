//! Pages of lists that can grow.
//!
//! Lists run by id, which is by time: newest first, so that what comes in meanwhile moves no page.

use std::str::FromStr;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;

use crate::{Error, Result};

/// The page that a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The last row of the page before; `None`: the first page.
    after: Option<Uuid>,
    limit: u64,
}

/// Some rows of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Names the next page; `None`: this is the last.
    pub next_cursor: Option<String>,
}

impl Paging {
    /// Rows on the longest page.
    pub const MOST: u64 = 100;

    /// The first `limit` rows, at most [`MOST`](Self::MOST).
    pub fn first(limit: u64) -> Self {
        Self { after: None, limit: limit.clamp(1, Self::MOST) }
    }

    /// The `limit` rows after [`Page::next_cursor`]; without one the first.
    pub fn new(cursor: Option<&str>, limit: u64) -> Result<Self> {
        let after = cursor.map(Uuid::from_str).transpose();
        let after = after.map_err(|_| Error::invalid("cursor", "is none of ours"))?;
        Ok(Self { after, ..Self::first(limit) })
    }

    /// The page of `rows`, newest first; `id` is the primary key, a UUIDv7.
    pub(crate) async fn newest_first<E>(
        &self,
        conn: &impl ConnectionTrait,
        rows: Select<E>,
        id: E::Column,
    ) -> Result<Page<E::Model>>
    where
        E: EntityTrait,
        E::Model: ModelTrait<Entity = E>,
    {
        let mut rows = rows.order_by_desc(id).limit(self.limit + 1);
        if let Some(after) = self.after {
            rows = rows.filter(id.lt(after));
        }
        // One more than asked for tells whether there is a next page.
        let mut items = rows.all(conn).await?;
        let has_more = items.len() as u64 > self.limit;
        items.truncate(self.limit as usize);
        let last = items.last().filter(|_| has_more).map(|row| row.get(id).unwrap::<Uuid>().to_string());
        Ok(Page { items, next_cursor: last })
    }
}

impl<T> Page<T> {
    /// The same page of something else.
    pub fn map<U>(self, to: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(to).collect(), next_cursor: self.next_cursor }
    }
}
