//! The way to write. On SQLite requests queue for the one writer and share its commits
//! (`queue.rs`); PostgreSQL has a transaction for each, and there the row of the organization is
//! what makes its writes wait for each other.

mod queue;

use futures_core::future::BoxFuture;
use sqlx::{AnyConnection, AnyPool};

use self::queue::Queue;
use crate::error::{Failure, StoreError};

/// The way to the database's writing side.
#[derive(Debug, Clone)]
pub(crate) enum Writer {
    /// SQLite.
    Queue(Queue),
    /// PostgreSQL.
    Pool(AnyPool),
}

/// What a piece of work answers, and whether its changes stay.
#[derive(Debug)]
pub(crate) struct Done<T, E> {
    pub(crate) result: Result<T, Failure<E>>,
    pub(crate) keep: bool,
}

impl Writer {
    /// Starts the task that owns SQLite's writing connection.
    pub(crate) fn queue(connection: AnyConnection) -> Self {
        Self::Queue(Queue::start(connection))
    }

    /// Over connections to PostgreSQL.
    pub(crate) fn pool(pool: AnyPool) -> Self {
        Self::Pool(pool)
    }

    /// Runs `work` in a transaction, to its end even if nobody waits for it any more. The answer
    /// comes only after what stays has reached the disk.
    pub(crate) async fn run<T, E, F>(&self, work: F) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Done<T, E>> + Send + 'static,
    {
        match self {
            Self::Queue(queue) => queue.run(work).await,
            Self::Pool(pool) => {
                let pool = pool.clone();
                tokio::spawn(async move { in_transaction(&pool, work).await })
                    .await
                    .map_err(|_| StoreError::Closing)?
            }
        }
    }
}

async fn in_transaction<T, E, F>(pool: &AnyPool, work: F) -> Result<T, Failure<E>>
where
    F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Done<T, E>>,
{
    let mut transaction = pool.begin().await?;
    let Done { result, keep } = work(&mut transaction).await;
    if keep {
        transaction
            .commit()
            .await
            .map_err(|error| StoreError::NotCommitted(error.to_string()))?;
    } else {
        // What could not be rolled back is rolled back by the server when the connection ends.
        let _ = transaction.rollback().await;
    }
    result
}
