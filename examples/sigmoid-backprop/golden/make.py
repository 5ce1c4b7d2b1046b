"""The changes that the formulas give in NumPy: python3 make.py > changes.json"""

import json
import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def changes(seed, inputs, hidden, records):
    np.random.seed(seed)
    weights_input_hidden = np.random.randn(inputs, hidden)
    weights_hidden_output = np.random.randn(hidden)
    del_w_input_hidden = np.zeros((inputs, hidden))
    del_w_hidden_output = np.zeros(hidden)
    for _ in range(records):
        x = np.random.randn(inputs)
        y = sigmoid(np.random.randn())
        hidden_output = sigmoid(np.dot(x, weights_input_hidden))
        output = sigmoid(np.dot(hidden_output, weights_hidden_output))
        output_error_term = (y - output) * output * (1 - output)
        hidden_error = np.dot(output_error_term, weights_hidden_output)
        hidden_error_term = hidden_error * hidden_output * (1 - hidden_output)
        del_w_hidden_output += output_error_term * hidden_output
        del_w_input_hidden += hidden_error_term * x[:, None]
    settings = {"seed": seed, "inputs": inputs, "hidden": hidden, "records": records}
    return {**settings, "inputHidden": del_w_input_hidden.tolist(), "hiddenOutput": del_w_hidden_output.tolist()}


print(json.dumps([changes(1, 3, 2, 4), changes(7, 1, 1, 1), changes(42, 5, 8, 20)]))
