"""The report as GraphML: for yEd, Gephi, networkx and other programs that draw or measure graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from lxml import etree

from search.reports.caveats import SCORE_CAVEAT
from search.reports.chart import Chart, Edge, Node, chart_of

_NS: Final = "http://graphml.graphdrawing.org/xmlns"
_Y: Final = "http://www.yworks.com/xml/graphml"
_PREFIXES: Final[Any] = {None: _NS, "y": _Y}  # the stubs know no default name space
_COLOURS: Final = {"device": "#dfe8f1", "number": "#fff6e0", "account": "#fff6e0", "line": "#b9cbdd"}
_SHAPES: Final = {"device": "roundrectangle", "number": "ellipse", "account": "ellipse", "line": "hexagon"}
_WIDTHS: Final = {"strong": "3.0", "moderate": "2.0", "weak": "1.0"}
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TYPES: Final = {str: "string", int: "int", float: "double"}
_DRAWN: Final = {"node": "drawn_node", "edge": "drawn_edge"}


def render_graphml(report: Mapping[str, Any]) -> bytes:
    """Return the GraphML of a report made by ``build_report``.

    Nodes have ``kind`` (device, number, account, line) and ``label``, edges ``kind``, ``label`` and ``directed``: a
    link between devices has no direction, although the format gives it one. Every further value is a key of its name.
    """
    chart = chart_of(report)
    root = etree.Element(f"{{{_NS}}}graphml", nsmap=_PREFIXES)
    for scope, items in (("node", chart.nodes), ("edge", chart.edges)):
        _declare(root, scope, items)
    for name in ("generated_at", "score_caveat"):
        _key(root, f"graph_{name}", "graph", name, "string")
    graph = _graph(root, report)
    _fill(graph, chart)
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)  # one byte string, UTF-8
    )


def _graph(root: Any, report: Mapping[str, Any]) -> Any:
    graph = etree.SubElement(root, f"{{{_NS}}}graph", id="linkage", edgedefault="directed")
    for name, value in (("generated_at", report["generated_at"]), ("score_caveat", SCORE_CAVEAT)):
        _data(graph, f"graph_{name}", value)
    return graph


def _declare(root: Any, scope: str, items: Iterable[Node | Edge]) -> None:
    types: dict[str, str] = {"kind": "string", "label": "string"}
    if scope == "edge":
        types["directed"] = "boolean"
    for item in items:
        for name, value in item.values.items():
            if value is not None:
                types.setdefault(name, _TYPES[type(value)])
    for name in sorted(types):
        _key(root, f"{scope}_{name}", scope, name, types[name])
    kind = "nodegraphics" if scope == "node" else "edgegraphics"
    key = etree.SubElement(root, f"{{{_NS}}}key", id=_DRAWN[scope])
    key.set("for", scope)
    key.set("yfiles.type", kind)


def _key(root: Any, key_id: str, scope: str, name: str, kind: str) -> None:
    key = etree.SubElement(root, f"{{{_NS}}}key", id=key_id)
    key.set("for", scope)
    key.set("attr.name", name)
    key.set("attr.type", kind)


def _fill(graph: Any, chart: Chart) -> None:
    for node in chart.nodes:
        element = etree.SubElement(graph, f"{{{_NS}}}node", id=_xml_text(node.node_id))
        values = {"kind": node.kind, "label": node.label, **node.values}
        for name, value in values.items():
            _data(element, f"node_{name}", value)
        drawn = etree.SubElement(etree.SubElement(element, f"{{{_NS}}}data", key=_DRAWN["node"]), f"{{{_Y}}}ShapeNode")
        etree.SubElement(drawn, f"{{{_Y}}}Geometry", width="120.0", height="36.0", x="0.0", y="0.0")
        etree.SubElement(drawn, f"{{{_Y}}}Fill", color=_COLOURS[node.kind], transparent="false")
        etree.SubElement(drawn, f"{{{_Y}}}NodeLabel").text = _xml_text(node.label)
        etree.SubElement(drawn, f"{{{_Y}}}Shape", type=_SHAPES[node.kind])
    for edge in chart.edges:
        source, target = _xml_text(edge.source), _xml_text(edge.target)
        element = etree.SubElement(graph, f"{{{_NS}}}edge", id=_xml_text(edge.edge_id), source=source, target=target)
        for name, value in {"kind": edge.kind, "label": edge.label, **edge.values}.items():
            _data(element, f"edge_{name}", value)
        _data(element, "edge_directed", "true" if edge.is_directed else "false")
        drawn = etree.SubElement(
            etree.SubElement(element, f"{{{_NS}}}data", key=_DRAWN["edge"]), f"{{{_Y}}}PolyLineEdge"
        )
        width = _WIDTHS.get(str(edge.values.get("band")), "1.0")
        etree.SubElement(drawn, f"{{{_Y}}}LineStyle", color="#17395c", type="line", width=width)
        etree.SubElement(drawn, f"{{{_Y}}}Arrows", source="none", target="standard" if edge.is_directed else "none")
        etree.SubElement(drawn, f"{{{_Y}}}EdgeLabel").text = _xml_text(edge.label)


def _data(parent: Any, key: str, value: object) -> None:
    if value is not None:
        etree.SubElement(parent, f"{{{_NS}}}data", key=key).text = _xml_text(str(value))


def _xml_text(text: str) -> str:
    """Return the text with what XML cannot hold as U+FFFD."""
    return _NOT_XML.sub("\ufffd", text)
