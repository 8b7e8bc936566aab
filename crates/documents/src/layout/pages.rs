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

/// Less than this on the last page is a page for nothing: five lines.
const SPARSE: f64 = 80.0;

struct Sheet {
    page: Page,
    y: f64,
    empty: bool,
}

/// The column and what it is cut to.
struct Column<'a> {
    bands: &'a [Band],
    heads: &'a [Vec<Band>],
    continued: &'a [Band],
    sheet: Geometry,
}

/// Cuts the column of a galley into pages.
///
/// What is kept together goes to the next page as a whole, unless no page is
/// tall enough for it. A table that goes on shows its head again, and a row that goes on which
/// row it is. A last page of a few lines takes with it what stands before them.
pub(crate) fn paginate(galley: &mut Galley, sheet: Geometry) -> Vec<Page> {
    let bands = std::mem::take(&mut galley.bands);
    let column = Column {
        bands: &bands,
        heads: &galley.heads,
        continued: &galley.continued,
        sheet,
    };
    let groups = column.groups();
    let mut starts = column.starts(&groups);
    column.fill_last(&groups, &mut starts);
    let ends = starts.iter().skip(1).copied().chain([groups.len()]);
    let on = |(page, (from, to)): (usize, (usize, usize))| {
        let mut open = column.open(page, groups.get(from).copied().unwrap_or_default());
        for group in &groups[from..to] {
            open.place_all(group);
        }
        open.page
    };
    starts
        .iter()
        .copied()
        .zip(ends)
        .enumerate()
        .map(on)
        .collect()
}

impl<'a> Column<'a> {
    /// What goes to a page as a whole.
    fn groups(&self) -> Vec<&'a [Band]> {
        let room = self.sheet.bottom - self.sheet.top.1;
        let mut groups = Vec::new();
        let mut rest = self.bands;
        while !rest.is_empty() {
            let kept = rest.iter().take_while(|band| band.keep).count();
            let mut count = (kept + 1).min(rest.len());
            // A group that no page can hold is cut like the rest of the column.
            if reach(&rest[..count]) > room - self.repeated(&rest[0]) {
                count = 1;
            }
            let (group, after) = rest.split_at(count);
            groups.push(group);
            rest = after;
        }
        groups
    }

    /// The group with which each page begins.
    fn starts(&self, groups: &[&[Band]]) -> Vec<usize> {
        let mut starts = vec![0];
        let mut open = self.open(0, &[]);
        for (number, group) in groups.iter().enumerate() {
            let first = &group[0];
            let needed = reach(group) + if open.empty { 0.0 } else { first.above };
            let fresh = first.fresh_page && starts.len() == 1;
            if !open.empty && (fresh || open.y + needed > self.sheet.bottom) {
                open = self.open(starts.len(), group);
                starts.push(number);
            }
            open.place_all(group);
        }
        starts
    }

    /// A page before its first group, with the head of the table that goes on there.
    fn open(&self, number: usize, first: &[Band]) -> Sheet {
        let (letter, further) = self.sheet.top;
        let mut open = Sheet {
            page: Page::default(),
            y: if number == 0 { letter } else { further },
            empty: true,
        };
        let table = first.first().and_then(|band| band.table);
        if let Some(head) = table.filter(|_| number > 0).and_then(|t| self.heads.get(t)) {
            open.place_all(head);
        }
        let row = first.first().and_then(|band| band.goes_on);
        if let Some(row) = row.and_then(|row| self.continued.get(row)) {
            open.place(row);
        }
        open
    }

    /// How tall what is said again is, if a page begins with this.
    fn repeated(&self, first: &Band) -> f64 {
        let head = first.table.and_then(|table| self.heads.get(table));
        let row = first.goes_on.and_then(|row| self.continued.get(row));
        head.map_or(0.0, |head| height(head)) + row.map_or(0.0, |row| row.height)
    }

    /// A last page of a few lines begins earlier, where the column has the widest gap; it
    /// takes no more than a third of a page.
    fn fill_last(&self, groups: &[&[Band]], starts: &mut [usize]) {
        let [.., before, last] = starts else {
            return;
        };
        let tall = |from: usize| height(&groups[from..].concat());
        // What begins the second page because it was asked for stays apart from the first.
        let asked_for = *before == 0 && groups[*last][0].fresh_page;
        if asked_for || tall(*last) >= SPARSE {
            return;
        }
        let most = (self.sheet.bottom - self.sheet.top.1) / 3.0;
        let above = |group: &usize| groups[*group][0].above;
        let earlier = (*before + 1..*last).filter(|group| tall(*group) <= most);
        let widest = earlier.max_by(|one, other| above(one).total_cmp(&above(other)));
        *last = widest.unwrap_or(*last);
    }
}

impl Sheet {
    fn place_all(&mut self, bands: &[Band]) {
        for band in bands {
            self.place(band);
        }
    }

    fn place(&mut self, band: &Band) {
        if !self.empty {
            self.y += band.above;
        }
        let top = self.y;
        self.page
            .marks
            .extend(band.marks.iter().cloned().map(|mark| mark.lowered(top)));
        self.y += band.height;
        self.empty = false;
    }
}

/// The height of a group, without the space above its first band.
fn height(group: &[Band]) -> f64 {
    let between: f64 = group.iter().skip(1).map(|band| band.above).sum();
    between + group.iter().map(|band| band.height).sum::<f64>()
}

/// How far down a group reaches: as its height, unless something in it hangs over what follows.
fn reach(group: &[Band]) -> f64 {
    let (mut y, mut lowest) = (0.0, 0.0_f64);
    for (i, band) in group.iter().enumerate() {
        y += band.height + if i == 0 { 0.0 } else { band.above };
        lowest = lowest.max(y + band.overhang);
    }
    lowest
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
        // Enough for a last page to be worth its paper.
        bands.push(band(70.0, false));
        assert_eq!(pages(bands), [7, 2]);
    }

    #[test]
    fn a_last_page_of_a_few_lines_takes_what_stands_before_them() {
        // Of five sections the last is one line that does not fit on the first page.
        let section = |lines: usize| {
            (0..lines).map(move |line| Band {
                above: if line == 0 { 20.0 } else { 0.0 },
                ..band(15.0, line == 0)
            })
        };
        let bands = |last: usize| -> Vec<_> {
            (0..4)
                .flat_map(|_| section(11))
                .chain(section(last))
                .collect()
        };
        let count = |last: usize| pages(bands(last));
        assert_eq!(count(1), [33, 12]);
        // A page that is worth its paper begins where the one before is full.
        assert_eq!(count(12), [44, 12]);
    }

    #[test]
    fn what_was_asked_to_begin_the_second_page_begins_it_however_short_it_is() {
        let mut bands: Vec<_> = (0..4).map(|_| band(100.0, false)).collect();
        bands.push(Band {
            fresh_page: true,
            ..band(20.0, false)
        });
        assert_eq!(pages(bands), [4, 1]);
    }

    #[test]
    fn what_hangs_over_the_band_after_it_does_not_leave_the_page() {
        let mut bands: Vec<_> = (0..7).map(|_| band(100.0, false)).collect();
        bands.push(Band {
            overhang: 30.0,
            ..band(10.0, false)
        });
        bands.push(band(90.0, false));
        assert_eq!(pages(bands), [7, 2]);
    }

    #[test]
    fn a_row_that_goes_on_says_which_it_is_on_every_page_that_it_reaches() {
        let mut galley = Galley::new();
        galley.continued.push(band(12.0, true));
        galley.bands = (0..15)
            .map(|i| Band {
                goes_on: (i > 0).then_some(0),
                ..band(100.0, false)
            })
            .collect();
        let found = paginate(&mut galley, Geometry::A4);
        let marks: Vec<usize> = found.iter().map(|page| page.marks.len()).collect();
        assert_eq!(marks, [7, 1 + 6, 1 + 2]);
    }

    #[test]
    fn what_no_page_can_hold_is_cut_and_not_lost() {
        let bands: Vec<_> = (0..30).map(|i| band(100.0, i < 29)).collect();
        assert_eq!(pages(bands).iter().sum::<usize>(), 30);
    }
}
