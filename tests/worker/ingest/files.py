"""Word and OpenDocument files made for the tests, from the XML of their bodies."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NAMESPACES = (
    f"{W} "
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def paragraph(text: str, style: str = "") -> str:
    """A Word paragraph of one run."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def docx(body: str, *, parts: dict[str, str] | None = None, links: dict[str, str] | None = None) -> bytes:
    """A DOCX file. ``parts``: root element content by kind (header, footer, footnotes, comments); ``links``: rId → URL."""
    parts = parts or {}
    roots = {"header": "hdr", "footer": "ftr"}
    relations = "".join(
        f'<Relationship Id="rPart{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in parts
    ) + "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/hyperlink" Target="{url}" TargetMode="External"/>'
        for key, url in (links or {}).items()
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in (("Titre", "Title"), ("Titre1", "heading 1"), ("Titre2", "heading 2"), ("Lgende", "caption"),
                          ("Citation", "Quote"), ("TM1", "toc 1"), ("Paragraphedeliste", "List Paragraph"))
    )  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_MAIN}.{kind}+xml"/>' for kind in ("styles", *parts)
    )
    entries = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>{overrides}</Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rStyles" Type="{_OFFICE}/styles" Target="styles.xml"/>{relations}</Relationships>',
    }
    for kind, content in parts.items():
        root = roots.get(kind, kind)
        entries[f"word/{kind}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
    return zipped(entries)


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt(body: str, *, styles: str = "", page_styles: str = "") -> bytes:
    """An ODT file from the content of office:text, of office:automatic-styles and of styles.xml."""
    namespaces = " ".join(
        [f'xmlns:{n}="{_ODF}:{n}:1.0"' for n in ("office", "text", "style", "table")]
        + [f'xmlns:draw="{_ODF}:drawing:1.0"', f'xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"']
        + ['xmlns:xlink="http://www.w3.org/1999/xlink"', 'xmlns:dc="http://purl.org/dc/elements/1.1/"']
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {namespaces}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {namespaces}>{page_styles}</office:document-styles>",
        }
    )


def zipped(entries: dict[str, str]) -> bytes:
    """A ZIP file of texts by name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return target.getvalue()
