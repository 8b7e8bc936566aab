//! `post batch`.

use super::{print, refusal};
use crate::{State, config::Config};
use app::{
    App,
    document::{Batch, Sheet, What, post_batch, posted},
};
use clap::Subcommand;
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};
use vocabulary::Channel;

/// Print what goes by post.
#[derive(Debug, Subcommand)]
pub(super) enum Post {
    /// Write the letters that wait into a folder, ready for the printer.
    ///
    /// One PDF a letter, and manifest.csv with who gets which. They are recorded as
    /// sent when all of it is written; if something interrupts that, the same batch is
    /// written again. What was superseded before it was printed is left out; what was
    /// printed earlier and superseded since is listed to be called back.
    #[command(after_help = "\
Example:
  common-platform-server post batch --out /srv/printer")]
    Batch {
        /// Folder in which a folder for the batch is made.
        #[arg(long, value_name = "FOLDER")]
        out: PathBuf,
    },
}

impl Post {
    pub(super) async fn run(self, config: &Config) -> Result<ExitCode, String> {
        let Self::Batch { out } = self;
        let state = State::open(config).await?;
        let _alone = state.store.begin_posting().map_err(|error| {
            format!("No letters were written: {error}. Wait until that has ended, then try again.")
        })?;
        let batch = post_batch(&state.app)
            .await
            .map_err(|error| refusal(&error))?;
        let Some(batch) = batch else {
            print::line("Nothing waits for the post.");
            return Ok(ExitCode::SUCCESS);
        };
        let folder = out.join(format!("batch-{}", batch.id));
        write(&state.app, &batch, &out, &folder).await?;
        let sent = posted(&state.app, &batch).await.map_err(|error| {
            format!(
                "{} The batch is in {}; give the command again, and the same is written again.",
                refusal(&error),
                folder.display()
            )
        })?;
        print::line(format!("{sent} letters are in {}.", folder.display()));
        for (word, count) in [
            ("withdrawn before they were printed", counted(&batch, true)),
            ("to be called back, printed earlier", counted(&batch, false)),
        ] {
            if count > 0 {
                print::line(format!("{count} {word}: see manifest.csv."));
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn counted(batch: &Batch, withdrawn: bool) -> usize {
    let is = |sheet: &&Sheet| match sheet.what {
        What::Print => false,
        What::Withdrawn => withdrawn,
        What::Recall { .. } => !withdrawn,
    };
    batch.sheets.iter().filter(is).count()
}

/// Writes a batch beside its place, and puts it there when it is whole.
async fn write(app: &App, batch: &Batch, out: &Path, folder: &Path) -> Result<(), String> {
    let failed = |error: io::Error| {
        format!(
            "The batch cannot be written to {}: {error}. Nothing was recorded as sent; give the \
             command again when that is mended, and the same batch is written.",
            out.display()
        )
    };
    let part = out.join(format!(".batch-{}.part", batch.id));
    store::private::folder(out).map_err(failed)?;
    if part.exists() {
        fs::remove_dir_all(&part).map_err(failed)?;
    }
    store::private::folder(&part).map_err(failed)?;
    let mut manifest = String::from(
        "what,file,class,recipient,address,pages,document,delivery,document_id,sha256,batch\r\n",
    );
    for (sheet, place) in batch.sheets.iter().zip(1..) {
        let mut file = String::new();
        let mut pages = String::new();
        if sheet.what == What::Print {
            let pdf = app
                .objects
                .get(&sheet.sha256)
                .await
                .map_err(|fault| fault.to_string())?
                .ok_or_else(|| {
                    format!(
                        "The PDF of document {} is not among the kept files. Put them back from \
                         your copy, then give the command again.",
                        sheet.document
                    )
                })?;
            pages = documents::pages(&pdf).map_or_else(String::new, |pages| pages.to_string());
            file = format!("{place:04}-{}.pdf", sheet.delivery);
            whole(&part.join(&file), &pdf).map_err(failed)?;
        }
        manifest.push_str(&line(batch, sheet, &file, &pages));
    }
    whole(&part.join("manifest.csv"), manifest.as_bytes()).map_err(failed)?;
    if folder.exists() {
        // Written before, and not recorded: this is the same, but for what was withdrawn since.
        fs::remove_dir_all(folder).map_err(failed)?;
    }
    fs::rename(&part, folder).map_err(failed)?;
    synced(out).map_err(failed)
}

fn whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = store::private::options()
        .create(true)
        .truncate(true)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A folder's own entries, where the system has that.
fn synced(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn line(batch: &Batch, sheet: &Sheet, file: &str, pages: &str) -> String {
    let (what, from) = match sheet.what {
        What::Print => ("print", batch.id),
        What::Withdrawn => ("withdrawn", batch.id),
        What::Recall { batch } => ("recall", batch),
    };
    let class = match sheet.channel {
        Channel::FirstClassPost => "first",
        _ => "second",
    };
    let cells = [
        what.to_owned(),
        file.to_owned(),
        class.to_owned(),
        sheet.recipient.clone(),
        sheet.address.join("\n"),
        pages.to_owned(),
        sheet.name.clone(),
        sheet.delivery.to_string(),
        sheet.document.to_string(),
        sheet.sha256.clone(),
        from.to_string(),
    ];
    cells.map(|cell| cell_of(&cell)).join(",") + "\r\n"
}

/// A cell (RFC 4180). A spreadsheet must not take what somebody typed for a formula.
fn cell_of(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_whatever_was_typed_and_is_no_formula() {
        assert_eq!(cell_of("Jo Marsh"), "Jo Marsh");
        assert_eq!(
            cell_of("1 High Street\nAshmere"),
            "\"1 High Street\nAshmere\""
        );
        assert_eq!(
            cell_of("the \"Crown\", upstairs"),
            "\"the \"\"Crown\"\", upstairs\""
        );
        assert_eq!(cell_of("=1+1"), "'=1+1");
    }
}
