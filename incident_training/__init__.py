"""The map of this house.

Practise three judgements on incidents: when to declare, what was a near miss, what to write down
and change. A room imports only from floors below its own; the lower a floor, the fewer libraries
it knows. `tests/test_architecture.py` holds us to it.

floor  room        what it holds
0      places      where exercises, notebooks and a person's data are found
       front       what every screen shares: design tokens and small browser modules
       clock       the simulated clock of a shift: minutes, written 09:10
       lifecycle   the incident process as a checked graph: build, faults, walk, draw
       doctrine    definitions of "incident" as rules over facts; policies; near misses; priority
       language    what a text says of luck, people, acts and plans, and what to ask; rules as data
       measures    counts, and the few statistics that their n can carry; refused in a sentence
       hazard      barriers between trigger and harm: what was left, replay of an action
1      kinds       what each kind of exercise asks, and how a response is assessed
2      library     scenario files -> checked exercises; faults name file, line, field and the fix
3      session     one trainee working one exercise -> attempts
       authoring   what helps to write a scenario: a template, a draft from a timeline, a schema
4      store       steps and attempts, kept in SQLite the moment they are submitted
       report      attempts -> tables (pandas)
5      widgets     what a trainee sees, in any notebook
6      pages       how notebooks are served: gate, kernels, template, style
       commands    what each command does
       cli         the commands as one types them

Beside the package: `exercises/` (scenario files), `notebooks/` (the course), `tests/` (mirrors the
house), `benchmarks/`. In a wheel the first two are inside the package.
"""

__version__ = "0.1.0"
