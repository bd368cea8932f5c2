"""Clean responses with competitors as columns become a row for each person and operator they scored."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from survey_schema.columns import Role
from survey_schema.models import SurveySchema
from survey_schema.repeats import PERSON
from survey_schema.wide_form import repeated_column, repeated_items, repeated_values

Mask = npt.NDArray[np.bool_]


def person_rows(wide: pa.Table, schema: SurveySchema) -> pa.Table:
    """One row a person and operator with any answer; the cluster says which person it is, so that errors respect it.

    Weight, branch, wave, id and attributes stand in each row. What a person says once (comments, questions that are not repeated, several
    answers, rankings) stands in the first of their rows, ours where they scored us, so that it counts once. Who scored nobody but answered
    such a question has a row for our operator.
    """
    assert schema.repeat is not None
    repeated, by, values = repeated_items(schema), repeated_column(schema).stored_as, repeated_values(schema)
    pairs = {choice.code: {item: wide[schema.repeat.column_of(item, choice.code)] for item in repeated} for choice in values}
    scored = {value: _any_answer(list(answers.values()), wide.num_rows) for value, answers in pairs.items()}
    scored[values[0].code] |= ~np.logical_or.reduce(list(scored.values()))
    taken = {schema.repeat.column_of(item, choice.code) for item in repeated for choice in values}
    shared = [name for name in wide.column_names if name not in taken]
    once, persons = _said_once(schema), pa.array([f"{PERSON}{row}" for row in wide["source_row"].to_pylist()], pa.string())
    unsaid, parts = np.ones(wide.num_rows, dtype=bool), []
    for value, answers in pairs.items():
        columns: dict[str, pa.Array | pa.ChunkedArray] = {name: wide[name] for name in shared}
        columns |= {name: _where(wide[name], unsaid) for name in shared if name in once}
        columns |= {by: pa.array([value] * wide.num_rows, pa.string()), str(Role.CLUSTER): persons, **answers}
        parts.append(pa.table(columns).filter(pa.array(scored[value])))
        unsaid &= ~scored[value]
    return pa.concat_tables(parts)


def with_persons(responses: pa.Table) -> pa.Table:
    """The same of responses that come a row a person and operator already: the id says which person it is, where there is one."""
    ids = responses[str(Role.RESPONDENT_ID)].to_pylist()
    persons = pa.array([None if each is None else f"{PERSON}{each}" for each in ids], pa.string())
    return responses.set_column(responses.column_names.index(str(Role.CLUSTER)), str(Role.CLUSTER), persons)


def _said_once(schema: SurveySchema) -> set[str]:
    repeated = set(repeated_items(schema))
    options = [name for question in (*schema.multi, *schema.rankings) for name in question.stored_columns]
    comments = [column.code for column in schema.columns if column.role is Role.OPEN_COMMENT]
    return {*(item.code for item in schema.items if item.code not in repeated), *options, *comments}


def _any_answer(columns: list[pa.ChunkedArray], rows: int) -> Mask:
    found = np.zeros(rows, dtype=bool)
    for column in columns:
        found |= column.is_valid().to_numpy()
    return found


def _where(values: pa.ChunkedArray, rows: Mask) -> pa.Array:
    return pc.if_else(pa.array(rows), values.combine_chunks(), pa.nulls(len(values), values.type))
