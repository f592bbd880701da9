//! SQLite's one writer. Requests that arrive together are committed together: each runs in a savepoint
//! of a shared transaction and is answered only after the shared commit has reached the disk.

use futures_core::future::BoxFuture;
use sqlx::AnyConnection;
use tokio::sync::{mpsc, oneshot};

use crate::error::{Failure, StoreError};
use crate::writer::Done;

/// How many writes share a commit at most.
const BATCH: usize = 128;
/// How many writes may wait; more have to wait for room.
const QUEUE: usize = 1024;

type Job = Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Finished> + Send>;

/// A write that has run in its savepoint.
struct Finished {
    keep: bool,
    /// Answers the waiting request, once the fate of the batch is known.
    answer: Box<dyn FnOnce(Result<(), StoreError>) + Send>,
}

/// The way to the writer.
#[derive(Debug, Clone)]
pub(crate) struct Queue(mpsc::Sender<Job>);

impl Queue {
    /// Starts the task that owns the writing connection. It ends when the last [`Queue`] is gone.
    pub(super) fn start(connection: AnyConnection) -> Self {
        let (sender, jobs) = mpsc::channel(QUEUE);
        tokio::spawn(serve(connection, jobs));
        Self(sender)
    }

    /// Runs `work` in a savepoint. The answer comes only after the shared commit.
    pub(super) async fn run<T, E, F>(&self, work: F) -> Result<T, Failure<E>>
    where
        T: Send + 'static,
        E: Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> BoxFuture<'c, Done<T, E>> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                let Done { result, keep } = work(connection).await;
                Finished {
                    keep,
                    answer: Box::new(move |committed| {
                        // Nobody waits any more when the request was cancelled; the write stands.
                        let _ = sender.send(match (result, committed) {
                            (Ok(_), Err(error)) => Err(Failure::Store(error)),
                            (result, _) => result,
                        });
                    }),
                }
            })
        });
        self.0.send(job).await.map_err(|_| StoreError::Closing)?;
        receiver.await.map_err(|_| StoreError::Closing)?
    }
}

async fn serve(mut connection: AnyConnection, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.recv().await {
        let mut finished = Vec::new();
        let committed = batch(&mut connection, first, &mut jobs, &mut finished).await;
        if committed.is_err() {
            let _ = sqlx::raw_sql("ROLLBACK").execute(&mut connection).await;
        }
        for Finished { answer, .. } in finished {
            answer(match &committed {
                Ok(()) => Ok(()),
                Err(error) => Err(StoreError::NotCommitted(error.to_string())),
            });
        }
    }
}

async fn batch(
    connection: &mut AnyConnection,
    first: Job,
    jobs: &mut mpsc::Receiver<Job>,
    finished: &mut Vec<Finished>,
) -> Result<(), sqlx::Error> {
    // What stands between two jobs is told at once: each word to the connection is a way to another
    // thread and back, and all who wait in the queue pay for it.
    sqlx::raw_sql("BEGIN IMMEDIATE; SAVEPOINT request")
        .execute(&mut *connection)
        .await?;
    let mut next = Some(first);
    while let Some(job) = next {
        let done = job(&mut *connection).await;
        let keep = done.keep;
        finished.push(done);
        next = if finished.len() < BATCH {
            jobs.try_recv().ok()
        } else {
            None
        };
        let between = match (keep, next.is_some()) {
            (true, true) => "RELEASE request; SAVEPOINT request",
            (true, false) => "RELEASE request; COMMIT",
            (false, true) => "ROLLBACK TO request; RELEASE request; SAVEPOINT request",
            (false, false) => "ROLLBACK TO request; RELEASE request; COMMIT",
        };
        sqlx::raw_sql(between).execute(&mut *connection).await?;
    }
    Ok(())
}
