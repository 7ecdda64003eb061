"""Files of a matching whose answer is known."""


def matrix_files(similarity, *, cap=1):
    """Files whose coverage is this matrix: a competence for each case, proved by a number."""
    cases = [f"case {row},skill {row},1" for row in range(len(similarity))]
    assessors = [
        f"assessor {column},skill {row},1,{cap},{value}"
        for column in range(len(similarity[0]))
        for row, value in enumerate(each[column] for each in similarity)
    ]
    return {
        "cases": "\n".join(["case,competence,level", *cases]),
        "assessors": "\n".join(["assessor,competence,level,cap,proof", *assessors]),
    }
