//! Questions of one kind that many ask at the same moment, answered by one
//! statement: in SQLite each statement is a hop to another thread, on PostgreSQL
//! a round trip. Whoever finds the record idle does not wait for company.
//!
//! A question is put to the database after it was asked, never before: nobody is
//! answered with what was true earlier. Nothing is remembered here.

use crate::readers::Readers;
use app::ports::Fault;
use futures::future::BoxFuture;
use std::{collections::HashMap, sync::Arc};
use tokio::sync::{Semaphore, mpsc, oneshot};

/// How many ask for themselves at once; whoever comes beside them is gathered.
const ALONE: usize = 2;
/// Questions in one statement at most.
const MOST: usize = 64;

/// What was found, by key.
pub(crate) type Found<T> = HashMap<String, T>;

/// The statement: keys to what was found.
pub(crate) type Statement<T> =
    fn(Readers, Vec<String>) -> BoxFuture<'static, Result<Found<T>, Fault>>;

/// One question, with the place where its answer is awaited.
struct Asked<T> {
    key: String,
    answer: oneshot::Sender<Result<Option<T>, Fault>>,
}

/// Gathers the questions of one kind.
pub(crate) struct Gather<T> {
    readers: Readers,
    statement: Statement<T>,
    alone: Arc<Semaphore>,
    queue: mpsc::UnboundedSender<Asked<T>>,
}

impl<T: Clone + Send + 'static> Gather<T> {
    /// Gathers until it is dropped.
    pub(crate) fn start(readers: Readers, statement: Statement<T>) -> Self {
        let (queue, asked) = mpsc::unbounded_channel();
        tokio::spawn(answer_all(readers.clone(), statement, asked));
        Self {
            readers,
            statement,
            alone: Arc::new(Semaphore::new(ALONE)),
            queue,
        }
    }

    /// What there is under a key.
    pub(crate) async fn ask(&self, key: String) -> Result<Option<T>, Fault> {
        if let Ok(_turn) = self.alone.try_acquire() {
            let mut found = (self.statement)(self.readers.clone(), vec![key.clone()]).await?;
            return Ok(found.remove(&key));
        }
        let (answer, answered) = oneshot::channel();
        let closed = || Fault::Broken("the record was closed".to_owned());
        self.queue
            .send(Asked { key, answer })
            .map_err(|_| closed())?;
        answered.await.map_err(|_| closed())?
    }
}

/// Answers what is queued, all of it by one statement, and then what was queued meanwhile.
async fn answer_all<T: Clone>(
    readers: Readers,
    statement: Statement<T>,
    mut queue: mpsc::UnboundedReceiver<Asked<T>>,
) {
    let mut asked = Vec::new();
    while queue.recv_many(&mut asked, MOST).await > 0 {
        let mut keys: Vec<String> = asked.iter().map(|one| one.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        let found = statement(readers.clone(), keys).await;
        for one in asked.drain(..) {
            let answer = match &found {
                Ok(found) => Ok(found.get(&one.key).cloned()),
                Err(fault) => Err(fault.clone()),
            };
            // Whoever asked may have gone.
            let _ = one.answer.send(answer);
        }
    }
}
