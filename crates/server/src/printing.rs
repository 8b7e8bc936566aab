//! Setting documents on threads of their own: a long one holds up no request, and
//! one on which the printer breaks is a fault of that document and of nothing else.

use app::ports::{Fault, Printer};
use async_trait::async_trait;
use contract::{document::OrderView, printout::PrintoutView};
use tokio::sync::Semaphore;

/// The printer of this process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Press;

/// Documents that are set at once: one that takes long must not take every processor.
static PRESSES: Semaphore = Semaphore::const_new(2);

#[async_trait]
impl Printer for Press {
    async fn print(&self, view: OrderView) -> Result<Vec<u8>, Fault> {
        let _press = PRESSES
            .acquire()
            .await
            .map_err(|_| Fault::Broken("the printer is closed".to_owned()))?;
        apart(move || documents::render(&view).map_err(|error| error.to_string())).await
    }

    async fn print_printout(&self, view: PrintoutView) -> Result<Vec<u8>, Fault> {
        let _press = PRESSES
            .acquire()
            .await
            .map_err(|_| Fault::Broken("the printer is closed".to_owned()))?;
        apart(move || documents::render_printout(&view).map_err(|error| error.to_string())).await
    }
}

/// Does the work on a thread of its own. What panics there has said why on
/// standard error; here it is a fault like any other.
async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, String> + Send + 'static,
) -> Result<T, Fault> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Fault::Broken(format!("the printer broke: {error}")))?
        .map_err(Fault::Broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_printer_that_panics_is_a_fault_and_prints_the_next() {
        let broken = apart(|| -> Result<(), String> { panic!("no such glyph") }).await;
        assert!(
            matches!(&broken, Err(Fault::Broken(why)) if why.contains("the printer broke")),
            "{broken:?}"
        );
        assert_eq!(apart(|| Ok(7)).await, Ok(7));
        let refused = apart(|| Err::<(), _>("no such font".to_owned())).await;
        assert_eq!(refused, Err(Fault::Broken("no such font".to_owned())));
    }
}
