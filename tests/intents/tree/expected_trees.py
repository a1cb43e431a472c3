#!/usr/bin/env python3
"""Writes expected_trees.json: what scikit-learn makes of its iris and wine tables with several settings.

Run once, with Debian's python3-sklearn (1.2.1):  /usr/bin/python3 expected_trees.py > expected_trees.json

Where several columns give an equally good question, DecisionTreeClassifier draws by lot, and Parley takes the first
column. So the random_state is searched with which the lot falls on the first column everywhere; it is noted with the
tree. Feature -1 marks a leaf. Nodes are in preorder; counts are rows by class; impurities are rounded.
"""
import json
import sys

import numpy
import sklearn
from sklearn.datasets import load_iris, load_wine
from sklearn.tree import DecisionTreeClassifier

SETTINGS = [
    {"criterion": "gini"},
    {"criterion": "entropy"},
    {"criterion": "gini", "max_depth": 2},
    {"criterion": "entropy", "max_depth": 3},
    {"criterion": "gini", "min_samples_leaf": 5},
    {"criterion": "entropy", "min_samples_leaf": 8},
    {"criterion": "gini", "min_samples_split": 20},
    {"criterion": "gini", "max_depth": 4, "min_samples_leaf": 3, "min_samples_split": 12},
]
STATES = 3000


def worth(labels, criterion):
    """Of one side of a question: higher is purer. The sums are those of sklearn/tree/_criterion.pyx."""
    counts = numpy.bincount(labels).astype(float)
    rows = counts.sum()
    if criterion == "gini":
        return (counts**2).sum() / rows
    shares = counts[counts > 0] / rows
    return rows * (shares * numpy.log2(shares)).sum()


def best_of_feature(values, labels, criterion, leaf):
    order = numpy.argsort(values, kind="stable")
    values, labels = values[order], labels[order]
    best = -numpy.inf
    for i in range(max(leaf, 1), len(values) - max(leaf, 1) + 1):
        if values[i] > values[i - 1] + numpy.float32(1e-7):
            best = max(best, worth(labels[:i], criterion) + worth(labels[i:], criterion))
    return best


def lot_falls_on_first(tree, data, labels, settings):
    """Whether no column before the one taken would have done as well, at any node."""
    data = data.astype(numpy.float32)
    leaf = settings.get("min_samples_leaf", 1)

    def look(node, rows):
        feature = tree.feature[node]
        if feature < 0:
            return True
        taken = best_of_feature(data[rows, feature], labels[rows], settings["criterion"], leaf)
        for other in range(feature):
            if best_of_feature(data[rows, other], labels[rows], settings["criterion"], leaf) >= taken - 1e-9:
                return False
        yes = data[rows, feature] <= tree.threshold[node]
        return look(tree.children_left[node], rows[yes]) and look(tree.children_right[node], rows[~yes])

    return look(0, numpy.arange(len(labels)))


def tree_of(data, labels, settings):
    for state in range(STATES):
        fitted = DecisionTreeClassifier(random_state=state, **settings).fit(data, labels)
        tree = fitted.tree_
        if lot_falls_on_first(tree, data, labels, settings):
            leaf = tree.children_left < 0
            return {
                **settings,
                "random_state": state,
                "feature": [-1 if leaf[i] else int(tree.feature[i]) for i in range(tree.node_count)],
                "threshold": [0 if leaf[i] else float(tree.threshold[i]) for i in range(tree.node_count)],
                "impurity": [round(float(value), 9) for value in tree.impurity],
                "counts": [[int(count) for count in row[0]] for row in tree.value],
                "yes": [max(int(child), 0) for child in tree.children_left],
                "no": [max(int(child), 0) for child in tree.children_right],
                "right": int((fitted.predict(data) == labels).sum()),
            }
    sys.exit(f"no random_state below {STATES} takes the first column everywhere: {settings}")


def main():
    trees = []
    for name, load in (("iris", load_iris), ("wine", load_wine)):
        table = load()
        trees += [{"table": name, **tree_of(table.data, table.target, settings)} for settings in SETTINGS]
    print('{"scikit_learn": "%s", "trees": [' % sklearn.__version__)
    print(",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees))
    print("]}")


main()
