#!/usr/bin/env python3
"""Turns an ONNX Runtime model into plain ONNX: ort_to_onnx.py IN.ort OUT.onnx   (needs onnx and onnxruntime)

ONNX Runtime loads the .ort file and writes it as .onnx; then each of its own fused operators (domain
com.microsoft, documented in ONNX Runtime's ContribOperators.md) is written out in standard ones, so that any
runtime can load the model. Only the operators that Moonshine tiny uses are known; another one ends the script.
"""

import itertools
import math
import os
import sys
import tempfile

import numpy
import onnx
import onnxruntime
from onnx import helper, numpy_helper

numbers = itertools.count(1)


def load_ort(path):
    with tempfile.TemporaryDirectory() as directory:
        options = onnxruntime.SessionOptions()
        # As it is: no further fusion for this machine's processor, so that every machine writes the same bytes.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.optimized_model_filepath = os.path.join(directory, "model.onnx")
        options.add_session_config_entry("session.save_model_format", "ONNX")
        onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        return onnx.load(options.optimized_model_filepath)


class Plain:
    """The standard nodes that replace one fused node."""

    def __init__(self, fused):
        self.fused, self.nodes = fused, []
        self.attributes = {a.name: helper.get_attribute_value(a) for a in fused.attribute}

    def add(self, operator, inputs, output=None, **attributes):
        """Appends a node and gives its output's name; optional inputs left out at the end are dropped."""
        while inputs and not inputs[-1]:
            inputs = inputs[:-1]
        output = output or f"plain_{next(numbers)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output + "_node", **attributes))
        return output

    def number(self, value):
        name = f"plain_{next(numbers)}"
        self.nodes.append(helper.make_node("Constant", [], [name], value=numpy_helper.from_array(numpy.array(value, dtype=numpy.float32), name)))
        return name

    def scaled_product(self, a, b, a_zero, b_zero, scale, bias):
        """Integer matrix product, scaled back to floats, plus the bias if there is one."""
        out = self.fused.output[0]
        product = self.add("MatMulInteger", [a, b, a_zero, b_zero])
        product = self.add("Cast", [product], to=onnx.TensorProto.FLOAT)
        if bias:
            self.add("Add", [self.add("Mul", [product, scale]), bias], out)
        else:
            self.add("Mul", [product, scale], out)


def plain_nodes(fused):
    plain, out = Plain(fused), fused.output[0]
    # Missing optional inputs read as "".
    inputs = list(fused.input) + [""] * (7 - len(fused.input))
    x, attributes = inputs[0], plain.attributes
    if fused.op_type == "FusedConv":
        activation = attributes.pop("activation").decode()
        attributes["auto_pad"] = attributes["auto_pad"].decode()
        plain.add(activation, [plain.add("Conv", inputs[:3], **attributes)], out)
    elif fused.op_type == "Gelu":
        erf = plain.add("Erf", [plain.add("Div", [x, plain.number(math.sqrt(2))])])
        plain.add("Mul", [plain.add("Mul", [x, plain.add("Add", [erf, plain.number(1)])]), plain.number(0.5)], out)
    elif fused.op_type == "QuickGelu":
        plain.add("Mul", [x, plain.add("Sigmoid", [plain.add("Mul", [x, plain.number(attributes["alpha"])])])], out)
    elif fused.op_type == "MatMulIntegerToFloat":
        a, b, a_scale, b_scale, a_zero, b_zero, bias = inputs
        plain.scaled_product(a, b, a_zero, b_zero, plain.add("Mul", [a_scale, b_scale]), bias)
    elif fused.op_type == "DynamicQuantizeMatMul":
        b, b_scale, b_zero, bias = inputs[1:5]
        a, a_scale, a_zero = (f"plain_{next(numbers)}" for _ in range(3))
        plain.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], [a, a_scale, a_zero], name=a + "_node"))
        plain.scaled_product(a, b, a_zero, b_zero, plain.add("Mul", [a_scale, b_scale]), bias)
    elif fused.op_type == "FusedMatMul":
        if attributes["transBatchA"] or attributes["transBatchB"]:
            sys.exit("ort_to_onnx: FusedMatMul with transposed batches is not known")
        a, b = (
            plain.add("Transpose", [name], perm=[0, 1, 3, 2]) if attributes[flag] else name
            for name, flag in ((inputs[0], "transA"), (inputs[1], "transB"))
        )
        if attributes["alpha"] == 1:
            plain.add("MatMul", [a, b], out)
        else:
            plain.add("Mul", [plain.add("MatMul", [a, b]), plain.number(attributes["alpha"])], out)
    elif fused.op_type == "SkipLayerNormalization":
        skip, gamma, beta, bias = inputs[1:5]
        total = plain.add("Add", [x, skip], None if bias or len(fused.output) < 4 else fused.output[3])
        if bias:
            total = plain.add("Add", [total, bias], fused.output[3] if len(fused.output) > 3 else None)
        plain.add("LayerNormalization", [total, gamma, beta], out, axis=-1, epsilon=attributes["epsilon"])
    else:
        sys.exit(f"ort_to_onnx: the operator {fused.domain}:{fused.op_type} is not known")
    return plain.nodes


def write_out(graph):
    """Replaces the fused nodes of a graph and of the graphs inside its nodes."""
    nodes = []
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.type == onnx.AttributeProto.GRAPH:
                write_out(attribute.g)
                attribute.g.name = attribute.g.name or attribute.name
        nodes += plain_nodes(node) if node.domain == "com.microsoft" else [node]
    del graph.node[:], graph.value_info[:]
    graph.node.extend(nodes)


def main():
    source, target = sys.argv[1:]
    model = load_ort(source)
    write_out(model.graph)
    model.graph.name = model.graph.name or "main"
    standard = [opset for opset in model.opset_import if not opset.domain]
    del model.opset_import[:]
    model.opset_import.extend(standard)
    onnx.checker.check_model(model)
    onnx.save(model, target)


if __name__ == "__main__":
    main()
