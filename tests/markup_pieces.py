"""Pieces of markup, well formed and not, that property tests put together."""

from __future__ import annotations

# An underscore stands for a space.
WRITTEN = """
<p> </p> <b> </b> <i> </i> <a_href="1"> <a_href='2'> </a> <br> <br/> </br> <div> </div> <ul> <li> </ul> <table> </table>
<tr> </tr> <td> </td> <caption> <col> <title> </title> <style> </style> <script> </script> <textarea> </textarea> <pre>
</pre> <svg> </svg> <math><mi> </math> <![CDATA[q]]> <body_bgcolor=red> </body> <html_lang=x> </html> <head> </head>
<template> </template> <select> <option> </select> </> </_x> <?pi_x> < <form> </form> <frameset> <noscript>
<image_src=x> <h1> </h2> <button> <plaintext> <a_href="open <!doctype_html> <!--c--> <!--open <object> </object>
<font_color=red>
<p_hidden> <p_style="display:none"> <img_alt="a&amp;b"_title=t> a&amp;b &lt; &nbsp; &#32; word 10 é & \U000f0000
&#xF0000;&#x10FFFD; &#983040
"""
PIECES = [piece.replace("_", " ") for piece in WRITTEN.split()] + [" ", "\n", "\r\n", "\r", "\0", "\t", "10"]
