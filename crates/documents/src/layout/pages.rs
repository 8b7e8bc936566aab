//! Cuts the column into pages.

use super::{
    galley::{Band, Galley, Mark},
    style::Geometry,
};

/// What is drawn on one page, measured from the top left of the sheet.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) marks: Vec<Mark>,
}

struct Sheet {
    page: Page,
    y: f64,
    empty: bool,
}

/// Cuts the column of a galley into pages.
///
/// What is kept together goes to the next page as a whole, unless no page is
/// tall enough for it. A table that goes on shows its head again.
pub(crate) fn paginate(galley: &mut Galley, sheet: Geometry) -> Vec<Page> {
    let bands = std::mem::take(&mut galley.bands);
    let heads = &galley.heads;
    let room = sheet.bottom - sheet.top.1;
    let mut done: Vec<Page> = Vec::new();
    let mut open = Sheet {
        page: Page::default(),
        y: sheet.top.0,
        empty: true,
    };
    let mut from = 0;
    while from < bands.len() {
        let kept = bands[from..].iter().take_while(|band| band.keep).count();
        let mut group = &bands[from..(from + kept + 1).min(bands.len())];
        // A group that no page can hold is cut like the rest of the column.
        if height(group) > room - head_height(&group[0], heads) {
            group = &group[..1];
        }
        from += group.len();
        let first = &group[0];
        let needed = height(group) + if open.empty { 0.0 } else { first.above };
        if !open.empty && (first.fresh_page && done.is_empty() || open.y + needed > sheet.bottom) {
            let next = Sheet {
                page: Page::default(),
                y: sheet.top.1,
                empty: true,
            };
            done.push(std::mem::replace(&mut open, next).page);
            if let Some(table) = first.table {
                for band in heads.get(table).into_iter().flatten() {
                    place(&mut open, band);
                }
            }
        }
        for band in group {
            place(&mut open, band);
        }
    }
    done.push(open.page);
    done
}

fn place(sheet: &mut Sheet, band: &Band) {
    if !sheet.empty {
        sheet.y += band.above;
    }
    let top = sheet.y;
    sheet
        .page
        .marks
        .extend(band.marks.iter().cloned().map(|mark| mark.lowered(top)));
    sheet.y += band.height;
    sheet.empty = false;
}

/// The height of a group, without the space above its first band.
fn height(group: &[Band]) -> f64 {
    let between: f64 = group.iter().skip(1).map(|band| band.above).sum();
    between + group.iter().map(|band| band.height).sum::<f64>()
}

fn head_height(band: &Band, heads: &[Vec<Band>]) -> f64 {
    band.table
        .and_then(|table| heads.get(table))
        .map_or(0.0, |head| height(head))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(height: f64, keep: bool) -> Band {
        Band {
            height,
            keep,
            marks: vec![Mark::Fill {
                x: 0.0,
                top: 0.0,
                width: 1.0,
                height,
                colour: super::super::style::ink::RULE,
            }],
            ..Band::default()
        }
    }

    fn pages(bands: Vec<Band>) -> Vec<usize> {
        let mut galley = Galley::new();
        galley.bands = bands;
        paginate(&mut galley, Geometry::A4)
            .iter()
            .map(|page| page.marks.len())
            .collect()
    }

    #[test]
    fn what_is_kept_together_is_not_parted_by_the_end_of_a_page() {
        let mut bands: Vec<_> = (0..7).map(|_| band(100.0, false)).collect();
        bands.push(band(20.0, true));
        bands.push(band(20.0, false));
        assert_eq!(pages(bands), [7, 2]);
    }

    #[test]
    fn what_no_page_can_hold_is_cut_and_not_lost() {
        let bands: Vec<_> = (0..30).map(|i| band(100.0, i < 29)).collect();
        assert_eq!(pages(bands).iter().sum::<usize>(), 30);
    }
}
