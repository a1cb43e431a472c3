#!/usr/bin/env python3
"""Checks YAML files against a JSON Schema (Debian: python3-jsonschema, python3-yaml).

    validate_yaml.py SCHEMA FILE...

Prints one line for each mistake, `file: place: what is wrong`, and ends with 1 when there is any.
"""
import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML 1.2's idea of plain words, as editors have it: dates, yes and no stay text."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), list("tf"))


def text_keys(value):
    """JSON has text keys only: `1:` in a map of cases is the text "1"."""
    if isinstance(value, dict):
        return {str(key): text_keys(item) for key, item in value.items()}
    if isinstance(value, list):
        return [text_keys(item) for item in value]
    return value


def mistakes(validator, path):
    with open(path, encoding="utf-8") as file:
        for document in yaml.load_all(file, Loader):
            if document is None:
                continue
            for error in validator.iter_errors(text_keys(document)):
                place = "/".join(str(part) for part in error.absolute_path) or "the whole document"
                yield f"{path}: {place}: {error.message}"


def main(schema_path, *paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    found = [mistake for path in paths for mistake in mistakes(validator, path)]
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
