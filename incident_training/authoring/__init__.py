"""What helps an author: what there is, a template, a schema, a draft from one's own timeline.

listing     what scenarios there are, and of what class
new         template.yaml, a scenario that explains itself -> a new file
panel       (with sheet and spread) a blind answer sheet for a panel; how it voted
reviewing   drafts -> what the language review asks, by file and line; what `review` prints
schema      the models and fields.toml -> what an editor completes and explains
timeline    a file -> its entries, or every line that cannot be read; what `import` prints
spreadsheet, markdown (with prose, markup, sections, loose and leftout), statuspage
            the three formats -> rows: a time as it was written, and what is said beside it
notes, hints, summary
            what an import says beside the draft
rows        what the three give
columns     which column holds what, by the usual names or by the author's word
options     what an author says beside the file: a date, a zone, cut points, which case
written, dates
            what was written as a time -> its parts, or why they cannot be known
moment      those parts, a base date and a zone -> a minute of the shift
cuts        what is read before each call, and what stays hidden
draft       entries -> the YAML, with what is to be written marked in place
quoting     any text as YAML that reads back as itself
"""
